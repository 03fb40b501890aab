/**
 * Makes this machine ready: `node scripts/setup.mjs [--for service|tests]`. Run by `npm start` and `npm test` on whatever Node the
 * machine has; afterwards `.node/bin/node` is the Node that Selkie runs on. Safe to run again; then it only looks.
 */
const MINIMUM = 18;

async function main() {
  if (Number(process.versions.node.split('.')[0]) < MINIMUM) {
    throw new Error(
      `setup needs Node ${MINIMUM} or newer to begin with, this is ${process.versions.node}: install nodejs of Debian 12, Ubuntu 24.04 or later`,
    );
  }
  // Loaded only now: an older Node cannot even parse them.
  const { setUp } = await import('./setup/set-up.mjs');
  const purpose = process.argv[process.argv.indexOf('--for') + 1] === 'tests' ? 'tests' : 'service';
  setUp(purpose);
}

main().catch((error) => {
  console.error(`setup: ${error.message}`);
  if (error.remedy) console.error(`setup: remedy: ${error.remedy}`);
  process.exitCode = 1;
});
