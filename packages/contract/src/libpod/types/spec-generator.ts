import * as t from '../../schema.ts';
import {
  LinuxDevice,
  LinuxDeviceCgroup,
  LinuxResources,
  LinuxThrottleDevice,
  LinuxWeightDevice,
  POSIXRlimit,
  SpecMount,
} from './oci.ts';

export const PerNetworkOptions = t.partial({
  aliases: t.array(t.string()),
  interface_name: t.string(),
  options: t.record(t.string()),
  static_ips: t.array(t.string()),
  static_mac: t.string(),
});
export type PerNetworkOptions = t.Static<typeof PerNetworkOptions>;

export const ArtifactVolume = t.partial({
  destination: t.string(),
  digest: t.string(),
  name: t.string(),
  source: t.string(),
  title: t.string(),
});
export type ArtifactVolume = t.Static<typeof ArtifactVolume>;

export const Namespace = t.partial({ nsmode: t.string(), value: t.string() });
export type Namespace = t.Static<typeof Namespace>;

/** Times in nanoseconds. */
export const HealthConfig = t.partial({
  Interval: t.integer(),
  Retries: t.integer(),
  StartInterval: t.integer(),
  StartPeriod: t.integer(),
  Test: t.array(t.string()),
  Timeout: t.integer(),
});
export type HealthConfig = t.Static<typeof HealthConfig>;

export const IDMap = t.partial({ container_id: t.integer(), host_id: t.integer(), size: t.integer() });
export type IDMap = t.Static<typeof IDMap>;

export const AutoUserNsOptions = t.partial({
  AdditionalGIDMappings: t.array(IDMap),
  AdditionalUIDMappings: t.array(IDMap),
  GroupFile: t.string(),
  InitialSize: t.unsigned(),
  PasswdFile: t.string(),
  Size: t.unsigned(),
});
export type AutoUserNsOptions = t.Static<typeof AutoUserNsOptions>;

export const IDMappingOptions = t.partial({
  AutoUserNs: t.boolean(),
  AutoUserNsOpts: AutoUserNsOptions,
  GIDMap: t.array(IDMap),
  HostGIDMapping: t.boolean(),
  HostUIDMapping: t.boolean(),
  UIDMap: t.array(IDMap),
});
export type IDMappingOptions = t.Static<typeof IDMappingOptions>;

export const ImageVolume = t.partial({
  Destination: t.string(),
  ReadWrite: t.boolean(),
  Source: t.string(),
  subPath: t.string(),
});
export type ImageVolume = t.Static<typeof ImageVolume>;

export const LinuxIntelRdt = t.partial({
  closID: t.string(),
  enableCMT: t.boolean(),
  enableMBM: t.boolean(),
  l3CacheSchema: t.string(),
  memBwSchema: t.string(),
});
export type LinuxIntelRdt = t.Static<typeof LinuxIntelRdt>;

export const LogConfig = t.partial({
  driver: t.string(),
  options: t.record(t.string()),
  path: t.string(),
  size: t.integer(),
});
export type LogConfig = t.Static<typeof LogConfig>;

export const OverlayVolume = t.partial({ destination: t.string(), options: t.array(t.string()), source: t.string() });
export type OverlayVolume = t.Static<typeof OverlayVolume>;

export const LinuxPersonality = t.partial({ domain: t.string(), flags: t.array(t.string()) });
export type LinuxPersonality = t.Static<typeof LinuxPersonality>;

export const PortMapping = t.partial({
  container_port: t.unsigned(),
  host_ip: t.string(),
  host_port: t.unsigned(),
  protocol: t.string(),
  range: t.unsigned(),
});
export type PortMapping = t.Static<typeof PortMapping>;

export const SpecSecret = t.partial({
  Source: t.string(),
  Target: t.string(),
  UID: t.unsigned(),
  GID: t.unsigned(),
  Mode: t.unsigned(),
});
export type SpecSecret = t.Static<typeof SpecSecret>;

export const StartupHealthCheck = t.partial({
  Interval: t.integer(),
  Retries: t.integer(),
  StartInterval: t.integer(),
  StartPeriod: t.integer(),
  Successes: t.integer(),
  Test: t.array(t.string()),
  Timeout: t.integer(),
});
export type StartupHealthCheck = t.Static<typeof StartupHealthCheck>;

export const NamedVolume = t.partial({
  Dest: t.string(),
  IsAnonymous: t.boolean(),
  Name: t.string(),
  Options: t.array(t.string()),
  SubPath: t.string(),
});
export type NamedVolume = t.Static<typeof NamedVolume>;

/** What a libpod client asks a container to be. */
export const SpecGenerator = t.partial({
  Networks: t.record(PerNetworkOptions),
  annotations: t.record(t.string()),
  apparmor_profile: t.string(),
  artifact_volumes: t.array(ArtifactVolume),
  base_hosts_file: t.string(),
  cap_add: t.array(t.string()),
  cap_drop: t.array(t.string()),
  cgroup_parent: t.string(),
  cgroupns: Namespace,
  cgroups_mode: t.string(),
  chroot_directories: t.array(t.string()),
  cni_networks: t.array(t.string()),
  command: t.array(t.string()),
  conmon_pid_file: t.string(),
  containerCreateCommand: t.array(t.string()),
  create_working_dir: t.boolean(),
  dependencyContainers: t.array(t.string()),
  device_cgroup_rule: t.array(LinuxDeviceCgroup),
  devices: t.array(LinuxDevice),
  devices_from: t.array(t.string()),
  dns_option: t.array(t.string()),
  dns_search: t.array(t.string()),
  dns_server: t.array(t.string()),
  entrypoint: t.array(t.string()),
  env: t.record(t.string()),
  env_host: t.boolean(),
  envmerge: t.array(t.string()),
  /** Protocol by port. */
  expose: t.record(t.string()),
  group_entry: t.string(),
  groups: t.array(t.string()),
  healthLogDestination: t.string(),
  healthMaxLogCount: t.unsigned(),
  healthMaxLogSize: t.unsigned(),
  /** 0 unset, 1 none, 2 kill, 3 restart, 4 stop. */
  health_check_on_failure_action: t.integer(),
  healthconfig: HealthConfig,
  host_device_list: t.array(LinuxDevice),
  hostadd: t.array(t.string()),
  hostname: t.string(),
  hostusers: t.array(t.string()),
  httpproxy: t.boolean(),
  idmappings: IDMappingOptions,
  image: t.string(),
  image_arch: t.string(),
  image_os: t.string(),
  image_variant: t.string(),
  image_volume_mode: t.string(),
  image_volumes: t.array(ImageVolume),
  init: t.boolean(),
  init_container_type: t.string(),
  init_path: t.string(),
  intelRdt: LinuxIntelRdt,
  ipcns: Namespace,
  label_nested: t.boolean(),
  labels: t.record(t.string()),
  log_configuration: LogConfig,
  manage_password: t.boolean(),
  mask: t.array(t.string()),
  mounts: t.array(SpecMount),
  name: t.string(),
  netns: Namespace,
  network_options: t.record(t.array(t.string())),
  no_new_privileges: t.boolean(),
  oci_runtime: t.string(),
  oom_score_adj: t.integer(),
  overlay_volumes: t.array(OverlayVolume),
  passwd_entry: t.string(),
  personality: LinuxPersonality,
  pidns: Namespace,
  pod: t.string(),
  portmappings: t.array(PortMapping),
  privileged: t.boolean(),
  procfs_opts: t.array(t.string()),
  publish_image_ports: t.boolean(),
  r_limits: t.array(POSIXRlimit),
  raw_image_name: t.string(),
  read_only_filesystem: t.boolean(),
  read_write_tmpfs: t.boolean(),
  remove: t.boolean(),
  removeImage: t.boolean(),
  resource_limits: LinuxResources,
  restart_policy: t.string(),
  restart_tries: t.unsigned(),
  rootfs: t.string(),
  rootfs_mapping: t.string(),
  rootfs_overlay: t.boolean(),
  rootfs_propagation: t.string(),
  sdnotifyMode: t.string(),
  seccomp_policy: t.string(),
  seccomp_profile_path: t.string(),
  secret_env: t.record(t.string()),
  secrets: t.array(SpecSecret),
  selinux_opts: t.array(t.string()),
  shm_size: t.integer(),
  shm_size_systemd: t.integer(),
  startupHealthConfig: StartupHealthCheck,
  stdin: t.boolean(),
  /** podman sends a number; a name is taken too. */
  stop_signal: t.union([t.integer(), t.string()]),
  stop_timeout: t.unsigned(),
  storage_opts: t.record(t.string()),
  sysctl: t.record(t.string()),
  systemd: t.string(),
  terminal: t.boolean(),
  // Rates and weights by host path.
  throttleReadBpsDevice: t.record(LinuxThrottleDevice),
  throttleReadIOPSDevice: t.record(LinuxThrottleDevice),
  throttleWriteBpsDevice: t.record(LinuxThrottleDevice),
  throttleWriteIOPSDevice: t.record(LinuxThrottleDevice),
  timeout: t.unsigned(),
  timezone: t.string(),
  umask: t.string(),
  unified: t.record(t.string()),
  unmask: t.array(t.string()),
  unsetenv: t.array(t.string()),
  unsetenvall: t.boolean(),
  use_image_hostname: t.boolean(),
  use_image_hosts: t.boolean(),
  use_image_resolve_conf: t.boolean(),
  user: t.string(),
  userns: Namespace,
  utsns: Namespace,
  volatile: t.boolean(),
  volumes: t.array(NamedVolume),
  volumes_from: t.array(t.string()),
  weightDevice: t.record(LinuxWeightDevice),
  work_dir: t.string(),
});
export type SpecGenerator = t.Static<typeof SpecGenerator>;
