/** The service's answer that a call cannot be done. */
export class ApiError extends Error {
  readonly status: number;
  /** The innermost reason, the same for every error of a kind: `no such container`. */
  readonly reason: string;
  readonly method: string;
  readonly path: string;
  /** The whole body, where it says more. */
  readonly body: unknown;

  constructor(status: number, message: string, details: Pick<ApiError, 'reason' | 'method' | 'path' | 'body'>) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.reason = details.reason;
    this.method = details.method;
    this.path = details.path;
    this.body = details.body;
  }
}

/** There is no service to speak to; the message says what was tried and what may help. */
export class ConnectionError extends Error {
  readonly url: string;
  /** Code of the system's error, e.g. ECONNREFUSED. */
  readonly code: string | undefined;

  constructor(url: string, reason: string, options?: { cause?: unknown; code?: string | undefined }) {
    super(`cannot connect to ${url}: ${reason}`, options);
    this.name = 'ConnectionError';
    this.url = url;
    this.code = options?.code;
  }
}

/** Reads an error from a body in either dialect's form, or in none. */
export function apiError(method: string, path: string, status: number, text: string): ApiError {
  const body = parsed(text);
  const message = member(body, 'message') ?? (text.trim() === '' ? `status ${status}` : text.trim());
  const reason = member(body, 'cause') ?? message;
  return new ApiError(status, message, { reason, method, path, body });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(body: unknown, name: 'message' | 'cause'): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const NOT_SIGNED = "the service's certificate is not signed by the authority given. Check the CA file";

const REMEDIES: Readonly<Record<string, string>> = {
  ENOENT:
    'there is no such socket. Start the service with `selkie system service`, or name the socket of a running one',
  ECONNREFUSED:
    'nobody listens there. Start the service with `selkie system service`, or name the address of a running one',
  EACCES:
    'you may not open this socket. Use sudo, or have the service started with --socket-group for a group you are in',
  ENOTFOUND: 'the host name is not known. Check it for a mistake',
  EAI_AGAIN: 'the host name cannot be looked up now. Check the network',
  ETIMEDOUT: 'the host does not answer. Check the address and what filters traffic on the way',
  EHOSTUNREACH: 'there is no way to the host. Check the address and the network',
  ECONNRESET: 'the connection was cut off. See what the log of the service says',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'the service wants to be shown a certificate. Give one, and its key',
  DEPTH_ZERO_SELF_SIGNED_CERT: NOT_SIGNED,
  SELF_SIGNED_CERT_IN_CHAIN: NOT_SIGNED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NOT_SIGNED,
};

/** Words a failure to reach the service. */
export function connectionError(url: string, error: unknown): ConnectionError {
  const code = errorCode(error);
  const words = REMEDIES[code ?? ''] ?? (error instanceof Error ? error.message : String(error)).trim();
  // What a service that speaks TLS does with a client that does not.
  const reason = code === 'ECONNRESET' && url.startsWith('tcp:') ? `${words}, and whether it speaks TLS` : words;
  return new ConnectionError(url, reason, { cause: error, code });
}

export function errorCode(error: unknown): string | undefined {
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
