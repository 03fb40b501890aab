import type { SpecGenerator } from '@selkie/contract/libpod/types/spec-generator';
import { invalid, unsupported } from '../../../translate/refuse.ts';

/** Fields that later work delivers: refused where they ask for anything but what the engine does anyway. */
export function refuseUndelivered(spec: SpecGenerator): void {
  const filled: [keyof SpecGenerator, boolean][] = [
    ['artifact_volumes', Boolean(spec.artifact_volumes?.length)],
    ['chroot_directories', Boolean(spec.chroot_directories?.length)],
    ['dependencyContainers', Boolean(spec.dependencyContainers?.length)],
    ['devices_from', Boolean(spec.devices_from?.length)],
    ['envmerge', Boolean(spec.envmerge?.length)],
    ['group_entry', Boolean(spec.group_entry)],
    ['passwd_entry', Boolean(spec.passwd_entry)],
    ['hostusers', Boolean(spec.hostusers?.length)],
    ['image_volumes', Boolean(spec.image_volumes?.length)],
    ['init_container_type', Boolean(spec.init_container_type)],
    ['init_path', Boolean(spec.init_path)],
    ['intelRdt', spec.intelRdt !== undefined],
    ['label_nested', Boolean(spec.label_nested)],
    ['overlay_volumes', Boolean(spec.overlay_volumes?.length)],
    ['personality', spec.personality !== undefined],
    ['pod', Boolean(spec.pod)],
    ['procfs_opts', Boolean(spec.procfs_opts?.length)],
    ['removeImage', Boolean(spec.removeImage)],
    ['rootfs_mapping', Boolean(spec.rootfs_mapping)],
    ['rootfs_overlay', Boolean(spec.rootfs_overlay)],
    ['rootfs_propagation', Boolean(spec.rootfs_propagation)],
    ['secret_env', Object.keys(spec.secret_env ?? {}).length > 0],
    ['secrets', Boolean(spec.secrets?.length)],
    ['shm_size_systemd', Boolean(spec.shm_size_systemd)],
    ['startupHealthConfig', spec.startupHealthConfig !== undefined],
    ['storage_opts', Object.keys(spec.storage_opts ?? {}).length > 0],
    ['timeout', Boolean(spec.timeout)],
    ['timezone', Boolean(spec.timezone)],
    ['conmon_pid_file', Boolean(spec.conmon_pid_file)],
    ['base_hosts_file', Boolean(spec.base_hosts_file) && spec.base_hosts_file !== 'none'],
    // The client's defaults travel along with every container.
    ['healthLogDestination', !['', 'local'].includes(spec.healthLogDestination ?? '')],
    ['healthMaxLogCount', ![0, 5].includes(spec.healthMaxLogCount ?? 0)],
    ['healthMaxLogSize', ![0, 500].includes(spec.healthMaxLogSize ?? 0)],
    ['health_check_on_failure_action', (spec.health_check_on_failure_action ?? 0) > 1],
  ];
  for (const [field, asked] of filled) if (asked) unsupported(field, 'not delivered yet');
  refuseModes(spec);
}

function refuseModes(spec: SpecGenerator): void {
  const { cgroups_mode = '', systemd = '', sdnotifyMode = '', image_volume_mode = '' } = spec;
  if (!['', 'enabled', 'default', 'no-conmon'].includes(cgroups_mode))
    unsupported(`cgroups_mode ${cgroups_mode}`, 'not delivered yet');
  if (!['', 'true', 'false', 'always'].includes(systemd)) invalid(`invalid systemd value: ${systemd}`);
  if (systemd === 'always') unsupported('systemd always', 'not delivered yet');
  if (!['', 'container', 'conmon', 'ignore'].includes(sdnotifyMode)) invalid(`invalid sdnotify value: ${sdnotifyMode}`);
  if (!['', 'anonymous', 'ignore', 'tmpfs'].includes(image_volume_mode))
    invalid(`invalid image_volume_mode: ${image_volume_mode}`);
  if (image_volume_mode === 'ignore' || image_volume_mode === 'tmpfs') {
    unsupported(`image_volume_mode ${image_volume_mode}`, 'not delivered yet');
  }
}
