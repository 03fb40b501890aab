import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import type { OciRuntime } from '../../ports/oci-runtime.ts';

/** {@link OciRuntime} by running runc or crun. */
export class RuntimeCommand implements OciRuntime {
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
  /** Where it keeps what it knows of each container, in a directory of its ID. */
  readonly #state: string;

  constructor(runtime: { name: string; path: string; stateDirectory: string }) {
    this.name = runtime.name;
    this.path = runtime.path;
    this.args = ['--root', runtime.stateDirectory];
    this.#state = runtime.stateDirectory;
  }

  async start(id: string, signal: AbortSignal): Promise<void> {
    const { code, stderr } = await this.#run(['start', id], signal);
    if (code !== 0) throw new SelkieError('RUNTIME', { reason: `OCI runtime start failed: ${stderr}` });
  }

  async update(id: string, resourcesPath: string, signal: AbortSignal): Promise<void> {
    const { code, stderr } = await this.#run(['update', '--resources', resourcesPath, id], signal);
    if (code !== 0) throw new SelkieError('RUNTIME', { reason: `OCI runtime update failed: ${stderr}` });
  }

  async delete(id: string, _known?: { readonly exited?: boolean }): Promise<void> {
    // It never got to it, and may not even be there to ask.
    if (!existsSync(join(this.#state, id))) return;
    const { code, stderr } = await this.#run(['delete', '--force', id]);
    if (code !== 0 && !/does not exist/.test(stderr)) {
      throw new SelkieError('RUNTIME', { reason: `OCI runtime delete failed: ${stderr}` });
    }
  }

  /** Waits for `exit` and not for `close`: a container may have inherited the descriptor we read the message from. */
  async #run(args: readonly string[], signal?: AbortSignal): Promise<{ code: number; stderr: string }> {
    const child = spawn(this.path, [...this.args, ...args], { stdio: ['ignore', 'ignore', 'pipe'], signal });
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    try {
      const [code] = await once(child, 'exit');
      if (code !== 0) await once(child.stderr, 'end', { signal: AbortSignal.timeout(200) }).catch(() => {});
      return { code: typeof code === 'number' ? code : 1, stderr: Buffer.concat(said).toString().trim() };
    } catch (cause) {
      signal?.throwIfAborted();
      throw new SelkieError('HOST', { reason: `cannot run ${this.path}` }, { cause });
    } finally {
      child.stderr.destroy();
    }
  }
}
