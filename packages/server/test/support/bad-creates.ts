/** Create bodies that no container can be made of, in the words of both dialects. */
import type { RequestBody } from '../../../../conformance/support/http.ts';

/** What is asked, and the status it has to be refused with. */
export type Case = readonly [what: string, method: string, path: string, body: RequestBody, status: number];

export const IMAGE = 'busybox';
export const NUL = 'a\0b';

/** A create in both dialects. `docker` and `libpod` are what is bad about it, each in its own words. */
export function creates(bad: Readonly<Record<string, { docker?: object; libpod?: object; status?: number }>>): Case[] {
  return Object.entries(bad).flatMap(([what, { docker, libpod, status = 400 }]) => [
    ...(docker ? [dockerCreate(what, docker, status)] : []),
    ...(libpod ? [libpodCreate(what, libpod, status)] : []),
  ]);
}

export function dockerCreate(what: string, body: object, status: number): Case {
  return [what, 'POST', '/v1.45/containers/create', { Image: IMAGE, Cmd: ['true'], ...body }, status];
}

export function libpodCreate(what: string, body: object, status: number): Case {
  return [what, 'POST', '/v5.4.0/libpod/containers/create', { image: IMAGE, command: ['true'], ...body }, status];
}

/** Members of the wrong type, at any depth. */
export const WRONG_TYPES = creates({
  'number as image': { docker: { Image: 5 }, libpod: { image: 5 } },
  'object as command': { docker: { Cmd: { a: 1 } }, libpod: { command: { a: 1 } } },
  'number in command': { docker: { Cmd: ['sh', 5] }, libpod: { command: ['sh', 5] } },
  'string as env': { docker: { Env: 'A=1' }, libpod: { env: 'A=1' } },
  'array as labels': { docker: { Labels: ['a'] }, libpod: { labels: ['a'] } },
  'number as label': { docker: { Labels: { a: 1 } }, libpod: { labels: { a: 1 } } },
  'string as boolean': { docker: { Tty: 'true' }, libpod: { terminal: 'true' } },
  'array as host config': { docker: { HostConfig: [] }, libpod: { resource_limits: [] } },
  'string as memory': {
    docker: { HostConfig: { Memory: '1g' } },
    libpod: { resource_limits: { memory: { limit: '1g' } } },
  },
  'fraction as memory': {
    docker: { HostConfig: { Memory: 6e7 + 0.5 } },
    libpod: { resource_limits: { memory: { limit: 6e7 + 0.5 } } },
  },
  'string as ports': { docker: { HostConfig: { PortBindings: '80' } }, libpod: { portmappings: '80' } },
  'number as port binding': {
    docker: { HostConfig: { PortBindings: { '80/tcp': [80] } } },
    libpod: { portmappings: [80] },
  },
  'string as mounts': { docker: { HostConfig: { Mounts: '/a:/b' } }, libpod: { mounts: '/a:/b' } },
  'null in a mount': { docker: { HostConfig: { Mounts: [null] } }, libpod: { mounts: [null] } },
  'string as ulimit': { docker: { HostConfig: { Ulimits: ['nofile=1'] } }, libpod: { r_limits: ['nofile=1'] } },
  'string as healthcheck': { docker: { Healthcheck: 'true' }, libpod: { healthconfig: 'true' } },
  'array as networks': {
    docker: { NetworkingConfig: { EndpointsConfig: [] } },
    libpod: { Networks: ['podman'] },
  },
  'object as cap': { docker: { HostConfig: { CapAdd: [{}] } }, libpod: { cap_add: [{}] } },
  'number as stop timeout': { docker: { StopTimeout: 'soon' }, libpod: { stop_timeout: 'soon' } },
});

/** Values no container can have. */
export const IMPOSSIBLE_VALUES = creates({
  'no image': { docker: { Image: '' }, libpod: { image: '' } },
  'image that is no reference': { docker: { Image: 'Bad Image!' }, libpod: { image: 'Bad Image!' } },
  'image that is not there': { docker: { Image: 'absent' }, libpod: { image: 'absent' }, status: 404 },
  'network that is not there': {
    docker: { HostConfig: { NetworkMode: 'absent' } },
    libpod: { Networks: { absent: {} } },
    status: 404,
  },
  'container to share with that is not there': {
    docker: { HostConfig: { PidMode: 'container:absent' } },
    libpod: { pidns: { nsmode: 'container', value: 'absent' } },
    status: 404,
  },
  'port 0': { docker: ports('0/tcp', '80'), libpod: { portmappings: [{ container_port: 0, host_port: 80 }] } },
  'port 65536': { docker: ports('65536/tcp', '80'), libpod: { portmappings: [{ container_port: 65536 }] } },
  'negative port': { docker: ports('-1/tcp', '80'), libpod: { portmappings: [{ container_port: -1 }] } },
  'host port 65536': {
    docker: ports('80/tcp', '65536'),
    libpod: { portmappings: [{ container_port: 80, host_port: 65536 }] },
  },
  'host port of letters': { docker: ports('80/tcp', 'http') },
  'range backwards': { docker: ports('80/tcp', '90-80') },
  'range over the end': {
    docker: ports('80/tcp', '65530-65540'),
    libpod: { portmappings: [{ container_port: 65530, host_port: 1000, range: 100 }] },
  },
  'unknown protocol': {
    docker: ports('80/icmp', '80'),
    libpod: { portmappings: [{ container_port: 80, protocol: 'icmp' }] },
  },
  'host address that is none': {
    docker: ports('80/tcp', '80', '300.1.1.1'),
    libpod: { portmappings: [{ container_port: 80, host_ip: 'x' }] },
  },
  'exposed port of letters': {
    docker: { ExposedPorts: { 'http/tcp': {} } },
    libpod: { expose: { http: 'tcp' } },
  },
  'exposed port 70000': { docker: { ExposedPorts: { '70000/tcp': {} } }, libpod: { expose: { 70000: 'tcp' } } },
  'too little memory': {
    docker: { HostConfig: { Memory: 1 } },
    libpod: { resource_limits: { memory: { limit: 1 } } },
  },
  'negative memory': {
    docker: { HostConfig: { Memory: -5 } },
    libpod: { resource_limits: { memory: { limit: -5 } } },
  },
  'cpus that are none': {
    docker: { HostConfig: { CpusetCpus: 'x' } },
    libpod: { resource_limits: { cpu: { cpus: 'x' } } },
  },
  'cpus the host lacks': {
    docker: { HostConfig: { CpusetCpus: '4000' } },
    libpod: { resource_limits: { cpu: { cpus: '4000' } } },
  },
  'unknown capability': { docker: { HostConfig: { CapAdd: ['FLY'] } }, libpod: { cap_add: ['FLY'] } },
  'unknown limit': {
    docker: { HostConfig: { Ulimits: [{ Name: 'wishes', Soft: 3, Hard: 3 }] } },
    libpod: { r_limits: [{ type: 'wishes', soft: 3, hard: 3 }] },
  },
  'soft limit over hard': {
    docker: { HostConfig: { Ulimits: [{ Name: 'nofile', Soft: 9, Hard: 3 }] } },
    libpod: { r_limits: [{ type: 'nofile', soft: 9, hard: 3 }] },
  },
  'unknown stop signal': { docker: { StopSignal: 'SIGNOPE' }, libpod: { stop_signal: 'SIGNOPE' } },
  'unknown restart policy': {
    docker: { HostConfig: { RestartPolicy: { Name: 'sometimes' } } },
    libpod: { restart_policy: 'sometimes' },
  },
  'negative retries': {
    docker: { HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: -1 } } },
    libpod: { restart_policy: 'on-failure', restart_tries: -1 },
  },
  'relative working directory': { docker: { WorkingDir: 'tmp' }, libpod: { work_dir: 'tmp' } },
  'bad host name': { docker: { Hostname: 'a b' }, libpod: { hostname: 'a b' } },
  'bad bind': { docker: { HostConfig: { Binds: ['/'] } } },
  'bind of a source that is not there': {
    docker: { HostConfig: { Mounts: [{ Type: 'bind', Source: '/no/such/source', Target: '/mnt' }] } },
    libpod: { mounts: [{ type: 'bind', source: '/no/such/source', destination: '/mnt' }] },
  },
  'relative mount target': {
    docker: { HostConfig: { Mounts: [{ Type: 'bind', Source: '/tmp', Target: 'mnt' }] } },
    libpod: { mounts: [{ type: 'bind', source: '/tmp', destination: 'mnt' }] },
  },
  'mount on the root': {
    docker: { HostConfig: { Mounts: [{ Type: 'bind', Source: '/tmp', Target: '/' }] } },
    libpod: { mounts: [{ type: 'bind', source: '/tmp', destination: '/' }] },
  },
  'unknown mount type': {
    docker: { HostConfig: { Mounts: [{ Type: 'tape', Target: '/mnt' }] } },
    libpod: { mounts: [{ type: 'tape', destination: '/mnt' }] },
  },
  'bad volume name': {
    docker: { HostConfig: { Mounts: [{ Type: 'volume', Source: '../up', Target: '/mnt' }] } },
    libpod: { volumes: [{ Name: '../up', Dest: '/mnt' }] },
  },
  'device that is not there': {
    docker: {
      HostConfig: {
        Devices: [{ PathOnHost: '/dev/absent', PathInContainer: '/dev/x', CgroupPermissions: 'rwm' }],
      },
    },
    libpod: { devices: [{ path: '/dev/absent' }] },
  },
  'seccomp profile that is none': { docker: { HostConfig: { SecurityOpt: ['seccomp={'] } } },
  'unknown security option': { docker: { HostConfig: { SecurityOpt: ['magic=on'] } } },
  'unknown runtime': { docker: { HostConfig: { Runtime: 'nope' } }, libpod: { oci_runtime: 'nope' } },
  'unknown log driver': {
    docker: { HostConfig: { LogConfig: { Type: 'paper' } } },
    libpod: { log_configuration: { driver: 'paper' } },
  },
  'unknown sysctl': {
    docker: { HostConfig: { Sysctls: { 'vm.swappiness': '1' } } },
    libpod: { sysctl: { 'vm.swappiness': '1' } },
  },
  'bad dns server': { docker: { HostConfig: { Dns: ['nowhere'] } }, libpod: { dns_server: ['nowhere'] } },
  'bad extra host': { docker: { HostConfig: { ExtraHosts: ['nowhere'] } }, libpod: { hostadd: ['nowhere'] } },
  'cgroup parent that climbs': {
    docker: { HostConfig: { CgroupParent: '/../../x' } },
    libpod: { cgroup_parent: '/../../x' },
  },
  'address that is none': {
    docker: address('1.2.3'),
    libpod: { Networks: { podman: { static_ips: ['1.2.3'] } } },
  },
  'address outside the network': {
    docker: address('9.9.9.9'),
    libpod: { Networks: { podman: { static_ips: ['9.9.9.9'] } } },
  },
  'bad MAC address': {
    docker: { NetworkingConfig: { EndpointsConfig: { bridge: { MacAddress: 'zz' } } } },
    libpod: { Networks: { podman: { static_mac: 'zz' } } },
  },
  'empty command': { docker: { Cmd: [''] }, libpod: { command: [''] } },
});

/** NULs and line breaks where the kernel or a file has no place for them. */
export const STRAY_CHARACTERS = creates({
  'NUL in command': { docker: { Cmd: [NUL] }, libpod: { command: [NUL] } },
  'NUL in entry point': { docker: { Entrypoint: [NUL] }, libpod: { entrypoint: [NUL] } },
  'NUL in env': { docker: { Env: [`A=${NUL}`] }, libpod: { env: { A: NUL } } },
  'NUL in working directory': { docker: { WorkingDir: `/${NUL}` }, libpod: { work_dir: `/${NUL}` } },
  'NUL in user': { docker: { User: NUL }, libpod: { user: NUL } },
  'NUL in host name': { docker: { Hostname: NUL }, libpod: { hostname: NUL } },
  'line break in host name': { docker: { Hostname: 'a\nb' }, libpod: { hostname: 'a\nb' } },
  'NUL in image': { docker: { Image: NUL }, libpod: { image: NUL } },
  'NUL in bind source': {
    docker: { HostConfig: { Binds: [`/tmp/${NUL}:/mnt`] } },
    libpod: { mounts: [{ type: 'bind', source: `/tmp/${NUL}`, destination: '/mnt' }] },
  },
  'NUL in mount target': {
    docker: { HostConfig: { Binds: [`/tmp:/mnt/${NUL}`] } },
    libpod: { mounts: [{ type: 'bind', source: '/tmp', destination: `/mnt/${NUL}` }] },
  },
  'NUL in volume name': {
    docker: { HostConfig: { Binds: [`${NUL}:/mnt`] } },
    libpod: { volumes: [{ Name: NUL, Dest: '/mnt' }] },
  },
  'NUL in tmpfs target': {
    docker: { HostConfig: { Tmpfs: { [`/${NUL}`]: '' } } },
    libpod: { mounts: [{ type: 'tmpfs', destination: `/${NUL}` }] },
  },
  'NUL in device': {
    docker: { HostConfig: { Devices: [{ PathOnHost: `/dev/${NUL}` }] } },
    libpod: { devices: [{ path: `/dev/${NUL}` }] },
  },
  'NUL in log path': { libpod: { log_configuration: { driver: 'k8s-file', path: `/tmp/${NUL}` } } },
  'NUL in cgroup parent': { docker: { HostConfig: { CgroupParent: NUL } }, libpod: { cgroup_parent: NUL } },
  'NUL in sysctl': {
    docker: { HostConfig: { Sysctls: { 'net.ipv4.ip_forward': NUL } } },
    libpod: { sysctl: { 'net.ipv4.ip_forward': NUL } },
  },
  'NUL in extra host': {
    docker: { HostConfig: { ExtraHosts: [`h:${NUL}`] } },
    libpod: { hostadd: [`h:${NUL}`] },
  },
  'line break in extra host': {
    docker: { HostConfig: { ExtraHosts: ['h:1.2.3.4\n6.6.6.6 g'] } },
    libpod: { hostadd: ['h:1.2.3.4\n6.6.6.6 g'] },
  },
  'line break in dns search': {
    docker: { HostConfig: { DnsSearch: ['a\nnameserver 6.6.6.6'] } },
    libpod: { dns_search: ['a\nnameserver 6.6.6.6'] },
  },
  'line break in dns option': {
    docker: { HostConfig: { DnsOptions: ['a\nnameserver 6.6.6.6'] } },
    libpod: { dns_option: ['a\nnameserver 6.6.6.6'] },
  },
  'line break in alias': {
    docker: {
      HostConfig: { NetworkMode: 'bridge' },
      NetworkingConfig: { EndpointsConfig: { bridge: { Aliases: ['a\nb'] } } },
    },
    libpod: { Networks: { podman: { aliases: ['a\nb'] } } },
  },
});

export function ports(port: string, hostPort: string, hostIp = ''): object {
  return { ExposedPorts: {}, HostConfig: { PortBindings: { [port]: [{ HostIp: hostIp, HostPort: hostPort }] } } };
}

export function address(ip: string): object {
  return { NetworkingConfig: { EndpointsConfig: { bridge: { IPAMConfig: { IPv4Address: ip } } } } };
}
