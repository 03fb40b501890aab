import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Files, image, layer, push } from '../../packages/engine/test/support/fixture-images.ts';
import { program } from './programs.ts';
import { startRegistry } from './registry.ts';
import { TemporaryDirectory } from './temporary.ts';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Names as clients and their suites pull them, on docker.io/library and quay.io/libpod, and what is particular about each. */
const IMAGES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'library/alpine:latest': {},
  'library/alpine:3.10': {},
  'library/busybox:latest': { Labels: { flavour: 'busybox' } },
  'library/redis:alpine': { Cmd: ['sleep', '100000'], Volumes: { '/data': {} } },
  'libpod/alpine:latest': {},
  'libpod/busybox:latest': { Labels: { flavour: 'busybox' } },
  'libpod/testimage:20241011': { Labels: { flavour: 'testimage' } },
  'libpod/alpine_labels:latest': { Labels: { PODMAN: '/usr/bin/podman run', 'com.example.a': '1' } },
  'libpod/alpine_nginx:latest': { Cmd: ['httpd', '-f', '-p', '80', '-h', '/var/www'], ExposedPorts: { '80/tcp': {} } },
  'libpod/alpine_healthcheck:latest': {
    Cmd: ['sleep', '1000'],
    Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 1_000_000_000 },
  },
};

export interface ImageSource extends AsyncDisposable {
  /** `127.0.0.1:<port>` */
  readonly registry: string;
  /** Options that make a service pull the names above from here. */
  readonly args: readonly string[];
}

/** Starts a registry that holds small runnable images under well-known names. */
export async function startImageSource(): Promise<ImageSource> {
  const directory = new TemporaryDirectory('selkie-images-');
  const registry = await startRegistry();
  const root = await layer(rootFiles());
  for (const [name, config] of Object.entries(IMAGES)) {
    const [repository = '', tag = ''] = name.split(':');
    await push(
      registry.origin,
      repository,
      tag,
      image({ layers: [root], config: { Env: [PATH], Cmd: ['/bin/sh'], ...config } }),
    );
  }
  const conf = join(directory.path, 'registries.conf');
  writeFileSync(conf, registriesConf(registry.host));
  return {
    registry: registry.host,
    args: ['--registries-conf', conf],
    async [Symbol.asyncDispose]() {
      directory[Symbol.dispose]();
      await registry[Symbol.asyncDispose]();
    },
  };
}

/** A small system of static busybox, all of its commands by name. */
function rootFiles(): Files {
  const busybox = program('busybox');
  const names = execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n');
  const links = names.filter((name) => name !== 'busybox').map((name) => [`bin/${name}`, '-> busybox']);
  const directories = [
    'bin',
    'dev',
    'etc',
    'home',
    'mnt',
    'proc',
    'root',
    'run',
    'sys',
    'tmp',
    'usr',
    'usr/bin',
    'var',
    'var/www',
  ];
  return {
    ...Object.fromEntries(directories.map((name) => [`${name}/`, ''])),
    'bin/busybox': readFileSync(busybox),
    ...Object.fromEntries(links),
    'usr/bin/env': '-> ../../bin/busybox',
    'etc/passwd':
      'root:x:0:0:root:/root:/bin/sh\ndaemon:x:2:2:daemon:/sbin:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n',
    'etc/group': 'root:x:0:root\ndaemon:x:2:\nwheel:x:10:root\nnobody:x:65534:\n',
    'etc/os-release': 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.20.3\n',
    'var/www/index.html': 'hello\n',
  };
}

function registriesConf(host: string): string {
  const rewritten = [
    ['docker.io/library', `${host}/library`],
    ['quay.io/libpod', `${host}/libpod`],
    [host, host],
  ];
  const tables = rewritten.map(
    ([prefix, location]) => `[[registry]]\nprefix = "${prefix}"\nlocation = "${location}"\ninsecure = true\n`,
  );
  return ['unqualified-search-registries = ["docker.io"]\n', ...tables].join('\n');
}
