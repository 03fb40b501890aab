import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const TIMEOUT_MS = 10_000;

/**
 * Whether a runtime can make a container here: asking it is surer than knowing which version refuses which layout of control groups. The
 * container is made and deleted, never started, so nothing runs in it.
 */
export function acceptsHost(runtime: string): boolean {
  const bundle = mkdtempSync(join(tmpdir(), 'selkie-trial-'));
  const id = basename(bundle);
  const state = ['--root', join(bundle, 'state')];
  // No pipes: the container would inherit them and hold them open.
  const run = (...args: string[]): boolean =>
    spawnSync(runtime, [...state, ...args], { stdio: 'ignore', timeout: TIMEOUT_MS }).status === 0;
  try {
    mkdirSync(join(bundle, 'rootfs'));
    writeFileSync(join(bundle, 'config.json'), JSON.stringify(trialSpec(id)));
    const accepted = run('create', '--bundle', bundle, id);
    if (accepted) run('delete', '--force', id);
    return accepted;
  } finally {
    rmSync(bundle, { recursive: true, force: true });
  }
}

/** Its program only has to exist: our own executable does. */
function trialSpec(id: string): unknown {
  return {
    ociVersion: '1.0.2',
    process: { user: { uid: 0, gid: 0 }, args: ['/init'], cwd: '/', capabilities: {} },
    root: { path: 'rootfs' },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      // crun makes none where the root has no directory for it.
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs' },
      { destination: '/init', type: 'bind', source: process.execPath, options: ['bind', 'ro'] },
    ],
    linux: {
      cgroupsPath: `/selkie/${id}`,
      namespaces: [{ type: 'mount' }, { type: 'pid' }],
      resources: { devices: [{ allow: false, access: 'rwm' }] },
    },
  };
}
