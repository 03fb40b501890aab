import type { Operation } from '../operation.ts';
import * as artifacts from './artifacts.ts';
import * as build from './build.ts';
import * as containerCheckpoint from './container-checkpoint.ts';
import * as containerFiles from './container-files.ts';
import * as containerLifecycle from './container-lifecycle.ts';
import * as containerStreams from './container-streams.ts';
import * as containers from './containers.ts';
import * as exec from './exec.ts';
import * as imageRemove from './image-remove.ts';
import * as imageTransfer from './image-transfer.ts';
import * as images from './images.ts';
import * as kube from './kube.ts';
import * as manifests from './manifests.ts';
import * as networks from './networks.ts';
import * as podLifecycle from './pod-lifecycle.ts';
import * as pods from './pods.ts';
import * as quadlets from './quadlets.ts';
import * as secrets from './secrets.ts';
import * as system from './system.ts';
import * as volumes from './volumes.ts';

export * from './artifacts.ts';
export * from './build.ts';
export * from './container-checkpoint.ts';
export * from './container-files.ts';
export * from './container-lifecycle.ts';
export * from './container-streams.ts';
export * from './containers.ts';
export * from './exec.ts';
export * from './image-remove.ts';
export * from './image-transfer.ts';
export * from './images.ts';
export * from './kube.ts';
export * from './manifests.ts';
export * from './networks.ts';
export * from './pod-lifecycle.ts';
export * from './pods.ts';
export * from './quadlets.ts';
export * from './secrets.ts';
export * from './system.ts';
export * from './volumes.ts';

/** Every row of the libpod group. */
export const operations: readonly Operation[] = [
  artifacts,
  build,
  containerCheckpoint,
  containerFiles,
  containerLifecycle,
  containerStreams,
  containers,
  exec,
  imageRemove,
  imageTransfer,
  images,
  kube,
  manifests,
  networks,
  podLifecycle,
  pods,
  quadlets,
  secrets,
  system,
  volumes,
].flatMap((area) => Object.values(area));
