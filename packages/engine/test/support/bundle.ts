import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostCgroups } from '../../src/adapters/cgroups/cgroups.ts';
import { probeRuntime } from '../../src/adapters/oci-runtime/probe.ts';
import { buildExecProcess, type ExecInput } from '../../src/containers/spec/exec.ts';
import { readHostFacts } from '../../src/containers/spec/host.ts';
import type { SpecInput } from '../../src/containers/spec/input.ts';
import { buildSpec } from '../../src/containers/spec/spec.ts';
import { stringifySpec } from '../../src/containers/spec/stringify.ts';
import { resolveUser } from '../../src/containers/user.ts';
import { input, resolved } from './spec.ts';

const APPLETS = [
  'sh',
  'cat',
  'id',
  'sleep',
  'mount',
  'hostname',
  'touch',
  'mkdir',
  'ls',
  'env',
  'dd',
  'chown',
  'unshare',
  'pwd',
  'head',
  'tail',
  'stat',
];

type Parts = Parameters<typeof input>[0];

/** A busybox root under a runtime of this host, by a spec of ours. Disposing removes all of it. */
export class Bundle implements AsyncDisposable {
  readonly directory = mkdtempSync(join(tmpdir(), 'selkie-bundle-'));
  readonly id = randomBytes(32).toString('hex');
  readonly cgroups = new HostCgroups('cgroupfs');
  readonly rootfs = join(this.directory, 'rootfs');
  readonly cgroupsPath = this.cgroups.pathFor(this.id, undefined);
  readonly runtime = probeRuntime();
  warnings: readonly string[] = [];

  constructor() {
    for (const name of ['bin', 'etc', 'tmp', 'proc', 'sys', 'dev', 'home/app'])
      mkdirSync(join(this.rootfs, name), { recursive: true });
    chmodSync(this.directory, 0o755);
    copyFileSync('/bin/busybox', join(this.rootfs, 'bin/busybox'));
    for (const applet of APPLETS) symlinkSync('busybox', join(this.rootfs, 'bin', applet));
    writeFileSync(
      join(this.rootfs, 'etc/passwd'),
      'root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001:app:/home/app:/bin/sh\n',
    );
    writeFileSync(join(this.rootfs, 'etc/group'), 'root:x:0:\napp:x:1001:\nextra:x:2000:app\n');
  }

  /** Writes the bundle's config.json for a shell script. */
  write(script: string, parts: Parts = {}, more: Partial<SpecInput> = {}): void {
    const asked = parts?.process?.user ?? '';
    const { spec, warnings } = buildSpec(
      input(parts, {
        id: this.id,
        process: resolved({ args: ['sh', '-c', script], ...more.process }),
        user: resolveUser(this.rootfs, asked, parts?.process?.groups ?? []),
        rootfs: this.rootfs,
        cgroupsPath: this.cgroupsPath,
        host: readHostFacts(this.cgroups.features),
        ...more,
        ...(more.process && { process: { ...more.process, args: ['sh', '-c', script] } }),
      }),
    );
    this.warnings = warnings;
    writeFileSync(join(this.directory, 'config.json'), stringifySpec(spec));
  }

  /** Runs a script to its end and returns what it wrote. */
  async run(
    script: string,
    parts: Parts = {},
    more: Partial<SpecInput> = {},
  ): Promise<{ code: number; output: string }> {
    this.write(script, parts, more);
    const path = join(this.directory, 'output');
    const output = openSync(path, 'w');
    const child = spawn(this.runtime.path, [...this.#state, 'run', '--bundle', this.directory, this.id], {
      stdio: ['ignore', output, output],
    });
    const [code] = await once(child, 'exit');
    return { code: Number(code), output: readFileSync(path, 'utf8') };
  }

  /** Starts a script and leaves it running. */
  start(script: string, parts: Parts = {}): void {
    this.write(script, parts);
    for (const verb of [
      ['create', '--bundle', this.directory, this.id],
      ['start', this.id],
    ]) {
      const log = openSync(join(this.directory, 'log'), 'a');
      const { status } = spawnSync(this.runtime.path, [...this.#state, ...verb], { stdio: ['ignore', log, log] });
      if (status !== 0) throw new Error(readFileSync(join(this.directory, 'log'), 'utf8'));
    }
  }

  /** Runs an exec session in the started container and returns what it wrote. */
  exec(script: string, more: Partial<Omit<ExecInput, 'user'>> & { readonly user: string }): string {
    const { pid } = JSON.parse(this.#call('state', this.id));
    const file = join(this.directory, 'process.json');
    const session = buildExecProcess({
      container: { id: this.id, definition: input().definition },
      containerEnv: [],
      args: ['sh', '-c', script],
      env: [],
      workdir: '/',
      terminal: false,
      privileged: false,
      host: readHostFacts(this.cgroups.features),
      ...more,
      user: resolveUser(`/proc/${pid}/root`, more.user, []),
    });
    writeFileSync(file, stringifySpec(session));
    return this.#call('exec', '--process', file, this.id);
  }

  #call(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(this.runtime.path, [...this.#state, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  }

  get #state(): string[] {
    return ['--root', join(this.directory, 'state')];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    spawnSync(this.runtime.path, [...this.#state, 'delete', '--force', this.id], { stdio: 'ignore' });
    await this.cgroups.remove(this.cgroupsPath);
    rmSync(this.directory, { recursive: true, force: true });
  }
}
