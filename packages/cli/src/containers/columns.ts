import type { Areas } from '@selkie/bindings';
import { ago, duration, goTime } from '../format/age.ts';
import { portsText } from '../format/ports.ts';
import type { Row } from '../format/report.ts';
import { decimalSize } from '../format/size.ts';

export type Container = Awaited<ReturnType<Areas['containers']['list']>>[number];

export const CONTAINER_TABLE =
  '{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.CreatedHuman}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}';

export const CONTAINER_HEADERS = {
  ID: 'CONTAINER ID',
  CreatedHuman: 'CREATED',
  RunningFor: 'CREATED',
  PID: 'PID',
  Pid: 'PID',
};

const SHORT_ID = 12;
const COMMAND_WIDTH = 17;

/** What templates of `ps` see of a container. */
export function containerRow(container: Container, noTrunc: boolean): Row {
  const { Id, ImageID, Command, Created, Labels, Names, Networks, Mounts, Pid } = container;
  const created = new Date(Created);
  const createdHuman = ago(created.getTime() / 1000);
  const command = (Command ?? []).join(' ');
  return {
    ...container,
    ID: noTrunc ? Id : Id.slice(0, SHORT_ID),
    ImageID: noTrunc ? ImageID : ImageID.slice(0, SHORT_ID),
    Command: noTrunc || command.length <= COMMAND_WIDTH ? command : `${command.slice(0, COMMAND_WIDTH)}...`,
    CreatedHuman: createdHuman,
    CreatedAt: goTime(created),
    RunningFor: createdHuman,
    Labels: Object.entries(Labels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    Label: (key: unknown) => Labels?.[String(key)] ?? '',
    Names: Names.join(','),
    Networks: Networks.join(','),
    Mounts: Mounts.join(','),
    PID: Pid,
    Ports: portsText(container.Ports, container.ExposedPorts),
    Size: sizeText(container.Size),
    Status: statusText(container),
  };
}

function sizeText(size: Container['Size']): string {
  return size === null ? '' : `${decimalSize(size.rwSize, 3)} (virtual ${decimalSize(size.rootFsSize, 3)})`;
}

/** `Up 3 minutes (healthy)`: the service sends times and leaves the words to its clients; its Status is the health. */
export function statusText({ State, Status, StartedAt, ExitedAt, ExitCode }: Container, now = Date.now()): string {
  const since = (seconds: number) => duration(Math.max(0, now / 1000 - seconds));
  const words =
    State === 'running'
      ? `Up ${since(StartedAt)}`
      : State === 'exited' || State === 'stopped'
        ? `Exited (${ExitCode}) ${since(ExitedAt)} ago`
        : `${State.charAt(0).toUpperCase()}${State.slice(1)}`;
  return Status === '' ? words : `${words} (${Status})`;
}
