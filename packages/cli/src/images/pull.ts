import type { Query, Result } from '@selkie/bindings';
import type { HeadersOf, libpod } from '@selkie/contract';
import type { Context } from '../command.ts';
import { Failure } from '../failure.ts';
import { LayerLines } from './layer-lines.ts';

export type PullQuery = Query<typeof libpod.imagePull>;
type PullHeaders = HeadersOf<typeof libpod.imagePull>;
type Report = Result<typeof libpod.imagePull> extends AsyncIterable<infer R> ? R : never;

/**
 * Pulls an image, showing progress on stderr: a line per layer on a terminal, a line per step elsewhere.
 * @returns ID of the image
 * @throws Failure with what went wrong on the way
 */
export async function pullImage(context: Context, query: PullQuery, headers: PullHeaders = {}): Promise<string> {
  const { client, stderr } = context;
  if (!stderr.isTTY || query.quiet) return pullWithTexts(context, query, headers);
  stderr.write(`Trying to pull ${query.reference}...\n`);
  const lines = new LayerLines(stderr);
  for await (const report of await client.images.pull({ query: { ...query, compatMode: true }, headers })) {
    throwIfFailed(report);
    lines.show(report);
  }
  // This form of the stream does not tell it.
  return (await client.images.inspect(query.reference)).Id;
}

async function pullWithTexts({ client, stderr }: Context, query: PullQuery, headers: PullHeaders): Promise<string> {
  let id = '';
  for await (const report of await client.images.pull({ query, headers })) {
    throwIfFailed(report);
    if (report.stream !== undefined) stderr.write(report.stream);
    id = report.id ?? id;
  }
  return id;
}

function throwIfFailed({ error, errorDetail }: Report): void {
  const message = error ?? errorDetail?.message;
  if (message !== undefined && message !== '') throw new Failure(message);
}
