import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { leaveNetns } from '@selkie/native/netns';
import { Rtnetlink } from '@selkie/native/rtnetlink';
import { BridgeDriver } from '../../src/adapters/bridge/driver.ts';
import type { PublishedPort } from '../../src/containers/record.ts';
import type { NetworkRecord } from '../../src/networks/record.ts';
import type { AttachRequest, EndpointPlan } from '../../src/ports/network-driver.ts';

const run = promisify(execFile);

/**
 * Moves this test process into a network namespace of its own, standing in for the host: nothing it does reaches the real host's
 * interfaces and rules, and nothing there (another engine's FORWARD policy) decides what a test sees.
 */
export function becomeHost(): void {
  leaveNetns();
  using rtnetlink = new Rtnetlink();
  const loopback = rtnetlink.link('lo');
  if (loopback) rtnetlink.setLink(loopback.index, { up: true });
}

export function newId(): string {
  return randomBytes(32).toString('hex');
}

/** A bridge network with the given subnets; gateways are their first addresses. */
export function network(subnets: readonly string[], more: Partial<NetworkRecord> = {}): NetworkRecord {
  const id = newId();
  return {
    id,
    name: id.slice(0, 6),
    driver: 'bridge',
    created: '2026-01-01T00:00:00.000000000Z',
    interfaceName: `br-${id.slice(0, 12)}`,
    subnets: subnets.map((subnet) => ({ subnet, gateway: hostOf(subnet, 1) })),
    ipv4: true,
    ipv6: subnets.some((subnet) => subnet.includes(':')),
    internal: false,
    dns: false,
    dnsServers: [],
    attachable: true,
    isolate: false,
    labels: {},
    options: {},
    ipamOptions: {},
    routes: [],
    ...more,
  };
}

/** The n-th address of a subnet ending in 0 or `::`. */
export function hostOf(subnet: string, n: number): string {
  const base = subnet.replace(/\/.*/, '');
  return base.includes(':') ? `${base}${n.toString(16)}` : base.replace(/0$/, String(n));
}

export function endpoint(of: NetworkRecord, n: number, more: Partial<EndpointPlan> = {}): EndpointPlan {
  const given = (family: (subnet: string) => boolean) => {
    const subnet = of.subnets.find((each) => family(each.subnet));
    if (!subnet) return undefined;
    const prefix = Number(subnet.subnet.split('/')[1]);
    return { address: hostOf(subnet.subnet, n), prefix, ...(subnet.gateway ? { gateway: subnet.gateway } : {}) };
  };
  const ipv4 = given((subnet) => !subnet.includes(':'));
  const ipv6 = given((subnet) => subnet.includes(':'));
  return {
    network: of,
    networkId: of.id,
    networkName: of.name,
    interfaceName: 'eth0',
    aliases: [],
    primary: true,
    requested: {},
    driverOptions: {},
    ...(ipv4 ? { ipv4 } : {}),
    ...(ipv6 ? { ipv6 } : {}),
    ...more,
  };
}

export function tcp(hostPort: number, containerPort: number, hostIp = '0.0.0.0'): PublishedPort {
  return { protocol: 'tcp', containerPort, hostPort, hostIp };
}

/** Runs a program in a namespace; its exit code and output. */
export async function inside(namespace: string, ...command: string[]): Promise<{ code: number; output: string }> {
  return outside('nsenter', `--net=${namespace}`, ...command);
}

export async function outside(...[file = '', ...args]: string[]): Promise<{ code: number; output: string }> {
  try {
    const { stdout, stderr } = await run(file, args, { timeout: 15_000 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error && 'stderr' in error && 'code' in error)) throw error;
    return { code: Number(error.code ?? 255), output: `${error.stdout}${error.stderr}` };
  }
}

/** A server in a namespace that answers every TCP connection with its text and the client's address. */
export class Server implements AsyncDisposable {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  static async tcp(namespace: string, port: number, text: string, address = '::'): Promise<Server> {
    return Server.#start(
      namespace,
      `
      require('net').createServer((s) => s.on('error', () => {}).end('${text} ' + s.remoteAddress))
        .listen(${port}, '${address}', () => console.log('ready'))`,
    );
  }

  static async udp(namespace: string, port: number, text: string): Promise<Server> {
    return Server.#start(
      namespace,
      `
      const s = require('dgram').createSocket('udp4');
      s.on('message', (m, from) => s.send('${text} ' + from.address, from.port, from.address));
      s.bind(${port}, () => console.log('ready'))`,
    );
  }

  static async #start(namespace: string, script: string): Promise<Server> {
    const child = spawn('nsenter', [`--net=${namespace}`, process.execPath, '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return new Server(child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }
}

/** What a client in a namespace (undefined: the host) reads from a TCP port, or the error's code. */
export async function fetchTcp(namespace: string | undefined, address: string, port: number): Promise<string> {
  const script = `
    const s = require('net').connect({ host: '${address}', port: ${port}, timeout: 3000 });
    s.on('timeout', () => { console.log('timeout'); process.exit(); });
    s.on('error', (e) => console.log(e.code)); s.on('data', (d) => console.log(String(d)));`;
  return client(namespace, script);
}

export async function fetchUdp(namespace: string | undefined, address: string, port: number): Promise<string> {
  const script = `
    const s = require('dgram').createSocket('udp4');
    s.on('message', (d) => { console.log(String(d)); process.exit(); });
    s.on('error', (e) => { console.log(e.code); process.exit(); });
    setTimeout(() => { console.log('timeout'); process.exit(); }, 3000);
    s.connect(${port}, '${address}', () => s.send('hello'));`;
  return client(namespace, script);
}

async function client(namespace: string | undefined, script: string): Promise<string> {
  const node = [process.execPath, '-e', script];
  const { output } = await (namespace === undefined ? outside(...node) : inside(namespace, ...node));
  return output.trim();
}

export function request(
  namespace: string,
  endpoints: readonly EndpointPlan[],
  more: Partial<AttachRequest> = {},
): AttachRequest {
  const containerId = namespace.split('/').at(-1) ?? '';
  return { containerId, containerName: `c${containerId.slice(0, 4)}`, namespace, endpoints, ports: [], ...more };
}

/** A driver over directories of its own, and the containers made with it; all of it goes at the end. */
export class Bench implements AsyncDisposable {
  readonly root = mkdtempSync(join(tmpdir(), 'selkie-net-'));
  driver: BridgeDriver;
  readonly #attached = new Map<string, AttachRequest>();

  constructor() {
    this.driver = this.newDriver();
  }

  /** A second driver of the same service, as after a restart. */
  newDriver(): BridgeDriver {
    return new BridgeDriver({ stateRoot: this.root, runRoot: this.root });
  }

  /** Stops the service; the one that takes its place has yet to reconcile. */
  async restart(): Promise<void> {
    await this.driver.close();
    this.driver = this.newDriver();
  }

  async attach(endpoints: readonly EndpointPlan[], more: Partial<AttachRequest> = {}): Promise<AttachRequest> {
    const made = request(this.driver.createNamespace(newId()), endpoints, more);
    this.#attached.set(made.containerId, made);
    await this.driver.attach(made);
    return made;
  }

  async detach(made: AttachRequest): Promise<void> {
    await this.driver.detach(made);
    this.driver.removeNamespace(made.containerId);
    this.#attached.delete(made.containerId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const made of this.#attached.values()) await this.detach(made);
    await this.driver.close();
    rmSync(this.root, { recursive: true });
  }
}
