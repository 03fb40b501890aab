import { fileURLToPath } from 'node:url';
import { ensurePackages } from './distribution.mjs';
import { checkKernel } from './kernel.mjs';
import { ensureModules } from './modules.mjs';
import { ensureNode } from './node.mjs';
import { SetupError } from './report.mjs';
import { ensureTools } from './tools.mjs';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Brings in what is missing for running the service, or for the tests as well.
 * @param {'service' | 'tests'} purpose
 */
export function setUp(purpose) {
  if (process.platform !== 'linux')
    throw new SetupError('Selkie runs on Linux', 'use a Linux machine or a virtual one');
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      'containers need root: namespaces, mounts and firewall rules',
      `sudo npm ${purpose === 'tests' ? 'test' : 'start'}`,
    );
  }
  ensurePackages(purpose);
  checkKernel();
  ensureNode(CHECKOUT);
  ensureModules(CHECKOUT, purpose);
  if (purpose === 'tests') ensureTools(CHECKOUT);
}
