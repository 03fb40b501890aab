import { UsageError } from '../failure.ts';

/** The header that carries `user:password` to the service. @throws UsageError */
export function credentialsHeader(credentials: string | undefined): { 'x-registry-auth'?: string } {
  if (credentials === undefined) return {};
  const colon = credentials.indexOf(':');
  if (colon < 1) throw new UsageError('invalid --creds', 'It is USER:PASSWORD');
  const auth = { username: credentials.slice(0, colon), password: credentials.slice(colon + 1) };
  return { 'x-registry-auth': Buffer.from(JSON.stringify(auth)).toString('base64url') };
}
