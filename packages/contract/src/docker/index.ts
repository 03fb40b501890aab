import type { Operation } from '../operation.ts';
import * as build from './build.ts';
import * as configs from './configs.ts';
import * as containerFiles from './container-files.ts';
import * as containerLifecycle from './container-lifecycle.ts';
import * as containerStreams from './container-streams.ts';
import * as containers from './containers.ts';
import * as exec from './exec.ts';
import * as imageTransfer from './image-transfer.ts';
import * as images from './images.ts';
import * as networks from './networks.ts';
import * as nodes from './nodes.ts';
import * as plugins from './plugins.ts';
import * as secrets from './secrets.ts';
import * as services from './services.ts';
import * as swarm from './swarm.ts';
import * as system from './system.ts';
import * as tasks from './tasks.ts';
import * as volumes from './volumes.ts';

export * from './build.ts';
export * from './configs.ts';
export * from './container-files.ts';
export * from './container-lifecycle.ts';
export * from './container-streams.ts';
export * from './containers.ts';
export * from './exec.ts';
export * from './image-transfer.ts';
export * from './images.ts';
export * from './networks.ts';
export * from './nodes.ts';
export * from './plugins.ts';
export * from './secrets.ts';
export * from './services.ts';
export * from './swarm.ts';
export * from './system.ts';
export * from './tasks.ts';
export * from './volumes.ts';

/** Every row of the Docker group. */
export const operations: readonly Operation[] = [
  build,
  configs,
  containerFiles,
  containerLifecycle,
  containerStreams,
  containers,
  exec,
  imageTransfer,
  images,
  networks,
  nodes,
  plugins,
  secrets,
  services,
  swarm,
  system,
  tasks,
  volumes,
].flatMap((area) => Object.values(area));
