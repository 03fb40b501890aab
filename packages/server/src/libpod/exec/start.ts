import type { SelkieError } from '@selkie/contract';
import { execStart } from '@selkie/contract/libpod/exec';
import { compareVersions } from '@selkie/contract/versions';
import { handler, text, upgrade } from '../../http/handler.ts';
import { execOrFailureReply } from '../../stdio/exec.ts';

export const start = handler(execStart, async ({ path, body, version, engine, signal }) => {
  const { Tty = false, h = 0, w = 0 } = body;
  const size = Tty && h > 0 && w > 0 ? { height: h, width: w } : undefined;
  if (body.Detach) {
    await engine.execs.start(path.id, { detach: true, ...(size ? { size } : {}) }, signal);
    return text(200, '\n');
  }
  const multiplexedType = compareVersions(version, '4.7.0') >= 0;
  const words = (error: SelkieError) => `Error: ${error.messageFor('libpod')}\n`;
  return upgrade(await execOrFailureReply(engine, path.id, { size, multiplexedType }, words, signal));
});
