import * as t from '../../schema.ts';
import { PodRmReport, PodStartReport } from './pods.ts';

export const PlayKubePod = t.object({
  ContainerErrors: t.optional(t.nullable(t.array(t.string()))),
  Containers: t.optional(t.nullable(t.array(t.string()))),
  ID: t.string(),
  InitContainers: t.optional(t.nullable(t.array(t.string()))),
  Logs: t.optional(t.nullable(t.array(t.string()))),
});
export type PlayKubePod = t.Static<typeof PlayKubePod>;

export const SecretRmReport = t.object({ Err: t.nullable(t.string()), ID: t.string() });
export type SecretRmReport = t.Static<typeof SecretRmReport>;

export const SecretCreateReport = t.object({ ID: t.string() });
export type SecretCreateReport = t.Static<typeof SecretCreateReport>;

export const PlaySecret = t.object({ CreateReport: SecretCreateReport });
export type PlaySecret = t.Static<typeof PlaySecret>;

export const VolumeRmReport = t.object({ Err: t.nullable(t.string()), Id: t.string() });
export type VolumeRmReport = t.Static<typeof VolumeRmReport>;

export const PlayKubeVolume = t.object({ Name: t.string() });
export type PlayKubeVolume = t.Static<typeof PlayKubeVolume>;

export const PlayKubeReport = t.object({
  ExitCode: t.optional(t.integer()),
  Pods: t.optional(t.nullable(t.array(PlayKubePod))),
  RmReport: t.optional(t.nullable(t.array(PodRmReport))),
  SecretRmReport: t.optional(t.nullable(t.array(SecretRmReport))),
  Secrets: t.optional(t.nullable(t.array(PlaySecret))),
  ServiceContainerID: t.optional(t.string()),
  StopReport: t.optional(t.nullable(t.array(PodStartReport))),
  VolumeRmReport: t.optional(t.nullable(t.array(VolumeRmReport))),
  Volumes: t.optional(t.nullable(t.array(PlayKubeVolume))),
});
export type PlayKubeReport = t.Static<typeof PlayKubeReport>;

export const ListQuadlet = t.object({
  App: t.string(),
  Name: t.string(),
  Path: t.string(),
  Status: t.string(),
  UnitName: t.string(),
});
export type ListQuadlet = t.Static<typeof ListQuadlet>;

export const QuadletRemoveReport = t.object({ Errors: t.record(t.string()), Removed: t.array(t.string()) });
export type QuadletRemoveReport = t.Static<typeof QuadletRemoveReport>;

export const QuadletInstallReport = t.object({
  InstalledQuadlets: t.record(t.string()),
  QuadletErrors: t.record(t.string()),
});
export type QuadletInstallReport = t.Static<typeof QuadletInstallReport>;
