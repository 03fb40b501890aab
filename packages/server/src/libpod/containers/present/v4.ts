import type { ContainerInspect, ContainerInspectV4 } from '@selkie/contract/libpod/types/container-inspect';
import type { ContainerRecord } from '@selkie/engine/containers/record';

/** What clients of versions before 5 read: the entrypoint as one string, and the stop signal as a number. */
export function presentContainerV4(document: ContainerInspect, { process }: ContainerRecord): ContainerInspectV4 {
  return {
    ...document,
    Config: { ...document.Config, Entrypoint: process.entrypoint.join(' '), StopSignal: process.stopSignal },
  };
}
