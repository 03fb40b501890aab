import { containerAttach } from '@selkie/contract/docker/container-streams';
import { compareVersions } from '@selkie/contract/versions';
import { handler, upgrade } from '../../http/handler.ts';
import { attachReply } from '../../stdio/attach.ts';

export const attach = handler(containerAttach, async ({ path, query, version, engine, signal }) =>
  upgrade(
    await attachReply(engine, path.id, { ...query, multiplexedType: compareVersions(version, '1.42') >= 0 }, signal),
  ),
);
