import { isSelkieError, SelkieError } from '@selkie/contract';
import { systemAuth } from '@selkie/contract/docker/system';
import { handler, json } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';
import { credentials, registryHost } from '../../translate/registry-auth.ts';

/** Without an address it is Docker Hub that is meant. */
export const auth = handler(systemAuth, async ({ body, engine, signal }) => {
  const host = registryHost(body.serveraddress || 'docker.io');
  const given = credentials(body) ?? invalid('no credentials to check');
  try {
    await engine.images.login(host, given, signal);
  } catch (error) {
    // Of these two a registry answers either where a name or a password is wrong.
    if (!isSelkieError(error, 'PULL_DENIED') && !isSelkieError(error, 'REGISTRY_UNAUTHORIZED')) throw error;
    const reason = `login attempt to ${host} failed: ${error.details.reason ?? error.message}`;
    throw new SelkieError('UNAUTHORIZED', { reason }, { cause: error });
  }
  return json(200, { Status: 'Login Succeeded', IdentityToken: given.identityToken ?? '' });
});
