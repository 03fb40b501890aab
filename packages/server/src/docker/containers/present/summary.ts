import type { ContainerSummary } from '@selkie/contract/docker/types/container-list';
import { compareVersions } from '@selkie/contract/versions';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import type { ContainerSize } from '@selkie/engine/containers/size';
import { presentNetworks } from './endpoints.ts';
import { modeText } from './host-config.ts';
import { presentMounts } from './mounts.ts';
import { summarisePorts } from './ports.ts';
import { presentHealth, stateWord } from './state.ts';
import { statusText } from './status-text.ts';

export function presentSummary(record: ContainerRecord, version: string, size?: ContainerSize): ContainerSummary {
  const { definition } = record;
  const annotated = compareVersions(version, '1.46') >= 0 && Object.keys(definition.annotations).length > 0;
  const health = presentHealth(record);
  return {
    Id: record.id,
    Names: [`/${record.name}`],
    Image: record.image?.name ?? '',
    ImageID: record.image?.id ?? '',
    Command: commandText(record.process.args),
    Created: Math.floor(Date.parse(record.created) / 1000),
    Ports: summarisePorts(record),
    ...(size ? { SizeRw: size.writable, SizeRootFs: size.total } : {}),
    Labels: { ...record.process.labels },
    State: stateWord(record),
    Status: statusText(record),
    HostConfig: {
      NetworkMode: modeText(definition.network.mode, Object.keys(definition.network.endpoints)[0]),
      ...(annotated ? { Annotations: { ...definition.annotations } } : {}),
    },
    NetworkSettings: { Networks: presentNetworks(record, version) },
    Mounts: presentMounts(record),
    ...(compareVersions(version, '1.52') >= 0 && health
      ? { Health: { Status: health.Status, FailingStreak: health.FailingStreak } }
      : {}),
  };
}

/** The command as one line, words with blanks in quotes. */
function commandText(args: readonly string[]): string {
  return args.map((arg) => (/\s/.test(arg) ? `'${arg}'` : arg)).join(' ');
}
