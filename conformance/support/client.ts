import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { program } from './programs.ts';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An unmodified command line client, pointed at a service. */
export class Client {
  readonly #program: string;
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;

  constructor(name: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.#program = program(name);
    this.#args = args;
    this.#env = { ...process.env, ...env };
  }

  /** Starts it; stdin stays open for the test. */
  start(
    ...args: readonly string[]
  ): ChildProcess & { stdin: NodeJS.WritableStream; stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
    return spawn(this.#program, [...this.#args, ...args], { env: this.#env, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  /** Runs it to its end, with `input` on its stdin. */
  async run(args: readonly string[], input = ''): Promise<Outcome> {
    const child = this.start(...args);
    child.stdin.on('error', () => {}); // It may end without having read its input.
    child.stdin.end(input);
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: typeof code === 'number' ? code : null, stdout, stderr };
  }

  /** Runs it, expecting success; its output without the last newline. */
  async ok(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(args);
    if (code !== 0) throw new Error(`${args.join(' ')} exited with ${code}: ${stderr || stdout}`);
    return stdout.trimEnd();
  }

  /** Runs it on a terminal of 40 rows and 120 columns, typing each line once `when` has appeared; its output. */
  async onTerminal(
    args: readonly string[],
    typing: readonly { readonly when: RegExp; readonly type: string }[],
  ): Promise<Outcome> {
    const command = ['stty rows 40 cols 120;', 'exec', ...[this.#program, ...this.#args, ...args].map(quoted)].join(
      ' ',
    );
    const child = spawn(program('script'), ['-qefc', command, '/dev/null'], {
      env: this.#env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let shown = '';
    let next = 0;
    let searched = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      for (let step = typing[next]; step?.when.test(shown.slice(searched)); step = typing[next]) {
        searched = shown.length;
        next++;
        child.stdin.write(step.type);
      }
    });
    const [code] = await once(child, 'close');
    return { code: typeof code === 'number' ? code : null, stdout: shown, stderr: '' };
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The docker CLI on a service's socket. */
export function dockerClient(url: string, config: string): Client {
  return new Client('docker', [], { DOCKER_HOST: url, DOCKER_CONFIG: config });
}

/** Podman's client on a service's socket. */
export function podmanClient(url: string): Client {
  return new Client('podman', ['--remote', '--url', url], {});
}
