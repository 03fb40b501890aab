import * as t from '../../schema.ts';

export const ExecCreateRequest = t.partial({
  AttachStderr: t.boolean(),
  AttachStdin: t.boolean(),
  AttachStdout: t.boolean(),
  Cmd: t.array(t.string()),
  DetachKeys: t.string(),
  Env: t.array(t.string()),
  Privileged: t.boolean(),
  Tty: t.boolean(),
  User: t.string(),
  WorkingDir: t.string(),
});
export type ExecCreateRequest = t.Static<typeof ExecCreateRequest>;

export const ExecStartRequest = t.partial({ Detach: t.boolean(), Tty: t.boolean(), h: t.integer(), w: t.integer() });
export type ExecStartRequest = t.Static<typeof ExecStartRequest>;

export const InspectExecProcess = t.object({
  arguments: t.array(t.string()),
  entrypoint: t.string(),
  privileged: t.boolean(),
  tty: t.boolean(),
  user: t.string(),
});
export type InspectExecProcess = t.Static<typeof InspectExecProcess>;

export const ExecInspect = t.object({
  CanRemove: t.boolean(),
  ContainerID: t.string(),
  DetachKeys: t.string(),
  ExitCode: t.integer(),
  ID: t.string(),
  OpenStderr: t.boolean(),
  OpenStdin: t.boolean(),
  OpenStdout: t.boolean(),
  Pid: t.integer(),
  ProcessConfig: InspectExecProcess,
  Running: t.boolean(),
});
export type ExecInspect = t.Static<typeof ExecInspect>;
