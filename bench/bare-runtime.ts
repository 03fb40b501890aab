/**
 * What the service costs on top of the OCI runtime: lives of a container and execs through the API, interleaved with the same
 * spec run by the bare runtime. Prints medians and ratios. `node bench/bare-runtime.ts [ROUNDS]`, as root.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type RequestBody, request } from '../conformance/support/http.ts';
import { startImageSource } from '../conformance/support/images.ts';
import { program } from '../conformance/support/programs.ts';
import { type Service, startService } from '../conformance/support/service.ts';

const rounds = Number(process.argv[2] ?? 20);
const LIMITS = { Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 1024 }] };

await using images = await startImageSource();
await using service = await startService({ args: images.args });
await service.request('POST', '/images/create?fromImage=busybox&tag=latest');
const living = await create(service, ['sleep', '100000'], 'none');
await service.request('POST', `/containers/${living}/start`);
await using bare = await bareBundle(service, living);

const measured: Record<string, () => Promise<unknown>> = {
  'bare run': () => bare.run(),
  'run-rm (net none)': () => life(service, 'none'),
  'run-rm (bridge)': () => life(service, 'bridge'),
  'bare exec': () => bare.exec(),
  exec: () => exec(service, living),
};
const baseline: Readonly<Record<string, string>> = {
  'run-rm (net none)': 'bare run',
  'run-rm (bridge)': 'bare run',
  exec: 'bare exec',
};

const samples = new Map<string, number[]>(Object.keys(measured).map((name) => [name, []]));
for (let round = -2; round < rounds; round++) {
  for (const [name, work] of Object.entries(measured)) {
    const start = performance.now();
    await work();
    if (round >= 0) samples.get(name)?.push(performance.now() - start);
  }
}
for (const name of Object.keys(measured)) {
  const against = baseline[name];
  const ratio = against === undefined ? '' : `${(median(name) / median(against)).toFixed(2)} × ${against}`;
  console.log(`${name.padEnd(20)} ${median(name).toFixed(1).padStart(8)} ms   ${ratio}`);
}

function median(name: string): number {
  const sorted = [...(samples.get(name) ?? [])].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Not through the harness's own request, which holds every answer against the contract and takes its time. */
function send(through: Service, method: string, path: string, body?: RequestBody) {
  return request(through.socket, method, path, body);
}

async function create(through: Service, Cmd: readonly string[], NetworkMode: string): Promise<string> {
  const body = { Image: 'busybox', Cmd, HostConfig: { ...LIMITS, NetworkMode } };
  return (await send(through, 'POST', '/containers/create', body)).string('Id');
}

async function life(through: Service, network: string): Promise<void> {
  const id = await create(through, ['true'], network);
  await send(through, 'POST', `/containers/${id}/start`);
  await send(through, 'POST', `/containers/${id}/wait`);
  await send(through, 'DELETE', `/containers/${id}`);
}

async function exec(through: Service, id: string): Promise<void> {
  const session = (await send(through, 'POST', `/containers/${id}/exec`, { Cmd: ['true'], AttachStdout: true })).string(
    'Id',
  );
  await text((await through.hijack(`/exec/${session}/start`, {})).socket);
}

interface Bare extends AsyncDisposable {
  run(): Promise<void>;
  exec(): Promise<void>;
}

/** The spec the service wrote for a container, on a copy of its root, for the runtime alone. */
async function bareBundle(of: Service, id: string): Promise<Bare> {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-bench-'));
  const runtime = String((await of.request('GET', `/containers/${id}/json`)).at('HostConfig', 'Runtime'));
  const state = ['--root', join(directory, 'state')];
  // The runtime writes RLIM_INFINITY as a number JavaScript has no room for.
  const written = readFileSync(join(of.runroot, 'bundles', id, 'config.json'), 'utf8');
  const rootfs = join(directory, 'rootfs');
  cpSync(join(of.root, 'containers', id, 'root'), rootfs, { recursive: true, verbatimSymlinks: true });
  const bundle = (name: string, args: readonly string[]) => {
    const at = join(directory, name);
    mkdirSync(at);
    const spec = JSON.parse(written.replaceAll('18446744073709551615', '1048576'));
    spec.root.path = rootfs;
    spec.process.args = args;
    spec.linux.cgroupsPath = `/selkie-bench/${name}-${process.pid}`;
    spec.linux.namespaces = spec.linux.namespaces.map(({ type }: { type: string }) => ({ type }));
    writeFileSync(join(at, 'config.json'), JSON.stringify(spec));
    return at;
  };
  const [short, long] = [bundle('short', ['true']), bundle('long', ['sleep', '100000'])];
  const call = async (...args: readonly string[]) => {
    const [code] = await once(spawn(program(runtime), [...state, ...args], { stdio: 'ignore' }), 'exit');
    if (code !== 0) throw new Error(`${runtime} ${args.join(' ')} exited with ${code}`);
  };
  await call('run', '-d', '-b', long, 'long');
  return {
    run: () => call('run', '-b', short, 'short'),
    exec: () => call('exec', 'long', 'true'),
    async [Symbol.asyncDispose]() {
      await call('delete', '-f', 'long');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
