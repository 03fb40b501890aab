import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface ProgramFacts {
  readonly path: string;
  /** The number alone; empty where it does not tell. */
  readonly version: string;
  /** All it says about its version. */
  readonly description: string;
  /** The package that brought it, as podman writes it; `Unknown` where no package manager knows. */
  readonly package: string;
}

const run = promisify(execFile);
const TIMEOUT_MS = 10_000;

/** Asks programs of the host what they are, each once. */
export class Programs {
  readonly #known = new Map<string, Promise<ProgramFacts>>();

  facts(path: string): Promise<ProgramFacts> {
    const known = this.#known.get(path) ?? inquire(path);
    this.#known.set(path, known);
    return known;
  }
}

async function inquire(path: string): Promise<ProgramFacts> {
  const [said, owner] = await Promise.all([output(path, ['--version']), packageOf(path)]);
  const description = said?.trim() ?? '';
  return { path, version: /\d+\.\S*[^\s,]/.exec(description)?.[0] ?? '', description, package: owner };
}

async function packageOf(path: string): Promise<string> {
  const real = await realpath(path).catch(() => path);
  const debian = /^([^,\s]+?)(?::\w+)?[,:]/.exec((await output('dpkg-query', ['-S', real])) ?? '')?.[1];
  const format = `\${Package}_\${Version}_\${Architecture}`;
  const found = debian
    ? await output('dpkg-query', ['-W', '-f', format, debian])
    : await output('rpm', ['-q', '-f', real]);
  return found?.trim() || 'Unknown';
}

async function output(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await run(program, [...args], { timeout: TIMEOUT_MS })).stdout;
  } catch {
    // Not there, or not its package manager: nothing is known then.
    return undefined;
  }
}
