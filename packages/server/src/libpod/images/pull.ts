import { imagePull } from '@selkie/contract/libpod/image-transfer';
import type { QueryOf } from '@selkie/contract/operation';
import { hostPlatform, normalize, type Platform } from '@selkie/engine/images/platform';
import type { PullPolicy, PullResult } from '@selkie/engine/images/pull';
import type { PullAllOptions } from '@selkie/engine/images/pull-all';
import { parseReference } from '@selkie/engine/images/reference';
import { afterFirst, handler, json, ndjson } from '../../http/handler.ts';
import { beginLine, closingLines, layerLine } from '../../present/pull-lines.ts';
import { Progress } from '../../stdio/progress.ts';
import { invalid, unsupported } from '../../translate/refuse.ts';
import { registryCredentials } from '../../translate/registry-auth.ts';
import { beginText, failedPull, finishedPull, finishTexts, layerTexts } from './present/pull.ts';

type Query = QueryOf<typeof imagePull>;
type Hooks = Pick<PullAllOptions, 'onTry' | 'onBegin' | 'onProgress' | 'onPulled'>;

const POLICIES: Readonly<Record<string, PullPolicy>> = {
  always: 'always',
  missing: 'missing',
  ifmissing: 'missing',
  ifnotpresent: 'missing',
  newer: 'newer',
  ifnewer: 'newer',
  never: 'never',
};

/** Three ways to tell how it went: podman's lines of text, Docker's lines of progress, or only how it ended. */
export const pull = handler(imagePull, async ({ query, headers, engine, signal }) => {
  if (query.quiet && query.compatMode) invalid("'quiet' and 'compatMode' cannot be used simultaneously");
  if (query.retry !== undefined || query.retrydelay !== undefined) {
    unsupported('retry', 'the service retries as often as it makes sense');
  }
  const policy = policyOf(query);
  if (query.allTags && policy !== 'always') invalid('all tags are only pulled with the policy always');
  const reference = query.reference.replace(/^docker:\/\//, '');
  parseReference(reference);
  const options = {
    names: engine.shortNames,
    signal,
    policy,
    credentials: registryCredentials(headers),
    ...(query.tlsVerify === undefined ? {} : { insecure: !query.tlsVerify }),
    ...platformOf(query),
  };
  const begin = async (hooks: Hooks = {}): Promise<PullResult[]> => {
    if (query.allTags) return engine.images.pullAll(reference, { ...options, ...hooks });
    const result = await engine.images.pull(reference, { ...options, ...hooks });
    hooks.onPulled?.(result);
    return [result];
  };
  if (query.quiet) return json(200, await begin().then(finishedPull, failedPull));
  const lines = new Progress<object>();
  if (query.compatMode) {
    begin({
      onBegin: (found) => lines.push(beginLine(found)),
      onProgress: (progress) => lines.push(layerLine(progress, true)),
      onPulled: (result) => lines.push(...closingLines(result)),
    }).then(
      () => lines.end(),
      (error: unknown) => lines.fail(error),
    );
    return ndjson(await afterFirst(lines));
  }
  begin({
    onTry: (place) => lines.push(beginText(place)),
    onProgress: (progress) => lines.push(...layerTexts(progress)),
    onPulled: (result) => lines.push(...finishTexts(result)),
  })
    .then(finishedPull, failedPull)
    .then(
      (last) => lines.end(last),
      (error: unknown) => lines.fail(error),
    );
  return ndjson(lines);
});

function policyOf({ policy = 'always' }: Query): PullPolicy {
  return POLICIES[policy.toLowerCase()] ?? invalid(`unsupported pull policy ${JSON.stringify(policy)}`);
}

function platformOf({ OS, Arch, Variant }: Query): { platform?: Platform } {
  if (!OS && !Arch && !Variant) return {};
  const host = hostPlatform();
  const architecture = Arch || host.architecture;
  return { platform: normalize({ os: OS || host.os, architecture, ...(Variant && { variant: Variant }) }) };
}
