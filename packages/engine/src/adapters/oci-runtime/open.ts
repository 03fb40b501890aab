import { join } from 'node:path';
import type { OciRuntime } from '../../ports/oci-runtime.ts';
import { RuntimeCommand } from './command.ts';
import type { ProbedRuntime } from './probe.ts';
import { Runc } from './runc.ts';

/** A runtime of this host with a state directory of this service's own. */
export function openRuntime({ name, path }: Pick<ProbedRuntime, 'name' | 'path'>, runroot: string): OciRuntime {
  const runtime = { name, path, stateDirectory: join(runroot, name) };
  return name === 'runc' ? new Runc(runtime) : new RuntimeCommand(runtime);
}
