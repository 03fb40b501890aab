import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionError } from '../errors.ts';

export interface Tunnel {
  /** Leads to the service's socket on the other host. */
  readonly socketPath: string;
  close(): Promise<void>;
}

/**
 * Has the system's ssh forward the service's socket: it knows the user's keys, agent, known hosts and jump hosts.
 * @throws ConnectionError with what ssh said
 */
export async function openTunnel(
  url: string,
  { destination, port, path }: { destination: string; port: number | undefined; path: string },
): Promise<Tunnel> {
  // Only its owner may enter a directory made so.
  const directory = await mkdtemp(join(tmpdir(), 'selkie-ssh-'));
  const socketPath = join(directory, 's');
  const options = ['-N', '-T', '-o', 'BatchMode=yes', '-o', 'ExitOnForwardFailure=yes', '-L', `${socketPath}:${path}`];
  const ssh = spawn('ssh', [...options, ...(port === undefined ? [] : ['-p', String(port)]), '--', destination], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<string>((resolve) => {
    ssh.on('error', (error) => resolve(error.message));
    ssh.on('close', (code) => resolve(`ssh ended with ${code}`));
  });
  const said = text(ssh.stderr);
  const close = async () => {
    ssh.kill();
    await ended;
    await rm(directory, { recursive: true, force: true });
  };

  let failure: string | undefined;
  void ended.then((reason) => {
    failure = reason;
  });
  while (!(await exists(socketPath))) {
    if (failure !== undefined) {
      await rm(directory, { recursive: true, force: true });
      throw new ConnectionError(url, (await said).trim() || failure);
    }
    await sleep(10);
  }
  // The tunnel alone does not keep the process alive.
  ssh.unref();
  ssh.stderr.on('error', () => {});
  return { socketPath, close };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
