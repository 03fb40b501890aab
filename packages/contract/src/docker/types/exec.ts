import * as t from '../../schema.ts';

export const ExecCreateRequest = t.partial({
  AttachStdin: t.boolean(),
  AttachStdout: t.boolean(),
  AttachStderr: t.boolean(),
  ConsoleSize: t.array(t.unsigned()),
  DetachKeys: t.string(),
  Tty: t.boolean(),
  Env: t.array(t.string()),
  Cmd: t.array(t.string()),
  Privileged: t.boolean(),
  User: t.string(),
  WorkingDir: t.string(),
});
export type ExecCreateRequest = t.Static<typeof ExecCreateRequest>;

export const ExecStartRequest = t.partial({
  Detach: t.boolean(),
  Tty: t.boolean(),
  ConsoleSize: t.array(t.unsigned()),
});
export type ExecStartRequest = t.Static<typeof ExecStartRequest>;

export const ProcessConfig = t.object({
  privileged: t.boolean(),
  user: t.optional(t.string()),
  tty: t.boolean(),
  entrypoint: t.string(),
  arguments: t.nullable(t.array(t.string())),
});
export type ProcessConfig = t.Static<typeof ProcessConfig>;

export const ExecInspect = t.object({
  CanRemove: t.boolean(),
  DetachKeys: t.string(),
  ID: t.string(),
  Running: t.boolean(),
  ExitCode: t.nullable(t.integer()),
  ProcessConfig: ProcessConfig,
  OpenStdin: t.boolean(),
  OpenStderr: t.boolean(),
  OpenStdout: t.boolean(),
  ContainerID: t.string(),
  Pid: t.integer(),
});
export type ExecInspect = t.Static<typeof ExecInspect>;
