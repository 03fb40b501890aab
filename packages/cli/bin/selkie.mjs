// Plain JavaScript that any Node parses: the rest needs one that runs TypeScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants, homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const pinned = fileURLToPath(new URL('../../../.node/bin/node', import.meta.url));

if (major > 24 || (major === 24 && minor >= 9)) {
  // Keeps what was stripped and compiled once; without it a command takes several times as long. In the user's own directory: code is
  // run from it.
  module.enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'selkie/compiled'));
  const { main } = await import('../src/main.ts');
  process.exit(await main(process.argv.slice(2)));
} else if (existsSync(pinned)) {
  const child = spawn(pinned, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
} else {
  console.error(
    `Error: selkie needs Node 24.9 or newer, this is ${process.versions.node}. Run \`node scripts/setup.mjs\` in its checkout, or install a newer Node`,
  );
  process.exit(125);
}
