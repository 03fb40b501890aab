import { STATUS_CODES } from 'node:http';
import { isSelkieError, SelkieError } from '@selkie/contract';
import { familiarName } from '../../images/reference.ts';
import type { Repository } from '../../ports/registry.ts';
import { type HttpResponse, readBody } from './http-client.ts';

const BODY_LIMIT = 64 * 1024;

/** The connection failed; whether asking again can help. */
export class TransportError extends Error {
  readonly retryable: boolean;
  constructor(message: string, retryable: boolean, options: { cause: unknown }) {
    super(message, options);
    this.name = 'TransportError';
    this.retryable = retryable;
  }
}

/** What nobody gets over by waiting: a wrong name, a closed port, a certificate that does not verify. */
const FINAL =
  /^(?:ENOTFOUND|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|.*_CERT(?:IFICATE)?(?:_.*)?|EPROTO|ERR_INVALID_URL)$/;

export function toTransportError(error: unknown, what: string): TransportError {
  const message = error instanceof Error ? error.message : String(error);
  return new TransportError(`${what}: ${message}`, !FINAL.test(codeOf(error)), { cause: error });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

/** What a refused request was about, for its message. */
export interface Subject {
  readonly repository: Repository;
  /** Tag or digest of a manifest; undefined for a blob. */
  readonly reference?: string;
  readonly authenticated: boolean;
}

/** Words an answer that is not a success. Consumes its body. */
export async function toFailure(response: HttpResponse, subject: Subject): Promise<SelkieError> {
  const { code, message } = await errorOf(response);
  const status = response.statusCode;
  const { host, path } = subject.repository;
  const name = familiarName({ domain: host, path });
  const said = message ?? `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  if (status === 401 && subject.authenticated) {
    return new SelkieError('REGISTRY_UNAUTHORIZED', { reason: `unauthorized: ${said}` });
  }
  if (status === 401 || status === 403) return new SelkieError('PULL_DENIED', { name, reason: `denied: ${said}` });
  if (status === 404 && code === 'NAME_UNKNOWN') {
    return new SelkieError('PULL_DENIED', { name, reason: `name unknown: ${said}` });
  }
  if (status === 404 && subject.reference !== undefined) {
    const separator = subject.reference.includes(':') ? '@' : ':';
    return new SelkieError('MANIFEST_UNKNOWN', { name: `${name}${separator}${subject.reference}` });
  }
  if (status === 429) return new SelkieError('REGISTRY', { reason: `toomanyrequests: ${said}` });
  const reason = `${name}: received unexpected HTTP status: ${status} ${STATUS_CODES[status] ?? ''}`.trim();
  return new SelkieError('REGISTRY', { reason: message === undefined ? reason : `${reason}: ${message}` });
}

/** Words a refused write. Consumes its body. */
export async function toPushFailure(response: HttpResponse, { host, path }: Repository): Promise<SelkieError> {
  const { message } = await errorOf(response);
  const status = response.statusCode;
  const said = message ?? `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  if (status === 401) return new SelkieError('REGISTRY_UNAUTHORIZED', { reason: `unauthorized: ${said}` });
  if (status === 403) return new SelkieError('FORBIDDEN', { reason: `denied: ${said}` });
  if (status === 429) return new SelkieError('REGISTRY', { reason: `toomanyrequests: ${said}` });
  const name = familiarName({ domain: host, path });
  return new SelkieError('REGISTRY', { reason: `pushing to ${name}: ${said}` });
}

/** The first entry of the distribution API's error body, or what a token server says. */
async function errorOf(response: HttpResponse): Promise<{ code?: string; message?: string }> {
  try {
    const body: unknown = JSON.parse((await readBody(response, BODY_LIMIT)).toString('utf8'));
    if (typeof body !== 'object' || body === null) return {};
    if ('errors' in body && Array.isArray(body.errors)) {
      const first: unknown = body.errors[0];
      if (typeof first !== 'object' || first === null) return {};
      return {
        ...('code' in first && typeof first.code === 'string' && { code: first.code }),
        ...('message' in first && typeof first.message === 'string' && { message: first.message }),
      };
    }
    return 'details' in body && typeof body.details === 'string' ? { message: body.details } : {};
  } catch {
    // An answer that is no JSON has nothing to add to its status.
    return {};
  }
}

/** Brings whatever was thrown into the error table. */
export function toSelkieError(error: unknown, signal: AbortSignal): SelkieError {
  if (signal.aborted) return new SelkieError('CANCELLED', {}, { cause: error });
  if (isSelkieError(error)) return error;
  return new SelkieError(
    'REGISTRY',
    { reason: error instanceof Error ? error.message : String(error) },
    { cause: error },
  );
}
