import { containerAttach } from '@selkie/contract/libpod/container-streams';
import { compareVersions } from '@selkie/contract/versions';
import { handler, upgrade } from '../../http/handler.ts';
import { attachReply } from '../../stdio/attach.ts';
import { invalid } from '../../translate/refuse.ts';

export const attach = handler(containerAttach, async ({ path, query, version, engine, signal }) => {
  const { stdin = true, stdout = true, stderr = true, ...options } = query;
  if (!stdin && !stdout && !stderr) invalid('at least one of stdin, stdout, stderr must be true');
  const multiplexedType = compareVersions(version, '4.7.0') >= 0;
  return upgrade(await attachReply(engine, path.name, { ...options, stdin, stdout, stderr, multiplexedType }, signal));
});
