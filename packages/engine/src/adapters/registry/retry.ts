import { setTimeout as sleep } from 'node:timers/promises';
import { TransportError } from './failure.ts';
import type { HttpResponse } from './http-client.ts';

export interface RetryPolicy {
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubles each time. */
  readonly backoff: number;
  /** The longest wait a registry may ask for; one that asks for more is not asked again. */
  readonly maxDelay: number;
}

/**
 * Asks until there is an answer that waiting would not better: the last one is returned whatever it is.
 * @throws TransportError where no attempt got an answer
 */
export async function withRetries(
  policy: RetryPolicy,
  signal: AbortSignal,
  attempt: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  for (let tried = 1; ; tried++) {
    const last = tried >= policy.attempts;
    let delay = backoff(policy, tried);
    try {
      const response = await attempt();
      if (!isPassing(response.statusCode) || last) return response;
      delay = retryAfter(response.headers['retry-after']) ?? delay;
      if (delay > policy.maxDelay) return response;
      await response.body.dump();
    } catch (error) {
      if (last || signal.aborted || !(error instanceof TransportError && error.retryable)) throw error;
    }
    await sleep(delay, undefined, { signal });
  }
}

/** Half of the doubled delay is random, so that clients do not come back all at once. */
export function backoff(policy: RetryPolicy, tried: number): number {
  const full = Math.min(policy.backoff * 2 ** (tried - 1), policy.maxDelay);
  return full / 2 + (Math.random() * full) / 2;
}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** Milliseconds a Retry-After header (seconds or a date) asks to wait. */
export function retryAfter(header: string | string[] | undefined, now = Date.now()): number | undefined {
  const value = [header].flat()[0]?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
