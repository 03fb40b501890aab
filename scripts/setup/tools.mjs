import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, isInstalled, updateIndex } from './distribution.mjs';
import { say } from './report.mjs';
import { attempt, findProgram, run } from './run.mjs';

/**
 * Clients and a registry that the tests run but whose packages would start services of their own: they are unpacked into `.tools/`
 * instead of being installed. The first package that the release has is taken.
 * @type {readonly { program: string, at: string, packages: readonly string[] }[]}
 */
const TOOLS = [
  { program: 'docker-registry', at: 'usr/bin/docker-registry', packages: ['docker-registry'] },
  { program: 'docker', at: 'usr/bin/docker', packages: ['docker-cli', 'docker.io'] },
  { program: 'podman', at: 'usr/bin/podman', packages: ['podman'] },
];

/** @param {string} checkout */
export function ensureTools(checkout) {
  const bin = join(checkout, '.tools/bin');
  for (const tool of TOOLS) {
    if (!findProgram(tool.program, [bin])) unpack(tool, join(checkout, '.tools'), bin);
  }
}

/**
 * @param {typeof TOOLS[number]} tool
 * @param {string} tools
 * @param {string} bin
 */
function unpack(tool, tools, bin) {
  updateIndex();
  const name = tool.packages.find((candidate) => attempt('apt-cache', ['show', candidate]).ok) ?? tool.program;
  say(`unpacking ${name}`);
  mkdirSync(bin, { recursive: true });
  const download = mkdtempSync(join(tools, 'download-'));
  const remedy = `see why with \`apt-get download ${name}\`, or install a ${tool.program} program yourself; then run this again`;
  try {
    // As root instead of apt's own user, which may not read a checkout in somebody's home.
    run('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', '-q', name], { cwd: download, remedy });
    const file = join(download, readdirSync(download).find((entry) => entry.endsWith('.deb')) ?? '');
    installLibraries(file, remedy);
    rmSync(join(tools, name), { recursive: true, force: true });
    run('dpkg-deb', ['-x', file, join(tools, name)], { remedy });
    const link = join(bin, tool.program);
    rmSync(link, { force: true });
    symlinkSync(join('..', name, tool.at), link);
  } finally {
    rmSync(download, { recursive: true, force: true });
  }
}

/**
 * Installs the shared libraries a package depends on, and nothing else of its dependencies.
 * @param {string} file
 * @param {string} remedy
 */
function installLibraries(file, remedy) {
  const depends = run('dpkg-deb', ['-f', file, 'Depends'], { remedy });
  const libraries = depends
    .split(',')
    .flatMap((clause) => /^\s*(lib[a-z0-9.+-]+)/.exec(clause)?.[1] ?? [])
    .filter((name) => !isInstalled(name));
  if (libraries.length > 0) installPackages(libraries);
}
