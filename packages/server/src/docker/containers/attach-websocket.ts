import { containerAttachWebsocket } from '@selkie/contract/docker/container-streams';
import { compareVersions } from '@selkie/contract/versions';
import { handler, websocket } from '../../http/handler.ts';
import { attachReply } from '../../stdio/attach.ts';

const everything = { stdin: true, stdout: true, stderr: true };

export const attachWebsocket = handler(containerAttachWebsocket, async ({ path, query, version, engine, signal }) => {
  // Older clients could not choose.
  const streams = compareVersions(version, '1.42') < 0 ? everything : {};
  const request = { ...query, ...streams, multiplexedType: false, framed: false };
  return websocket(await attachReply(engine, path.id, request, signal));
});
