import { execStart } from '@selkie/contract/docker/exec';
import { compareVersions } from '@selkie/contract/versions';
import { empty, handler, upgrade } from '../../http/handler.ts';
import { execOrFailureReply } from '../../stdio/exec.ts';
import { consoleSize } from '../../translate/exec.ts';

export const start = handler(execStart, async ({ path, body = {}, version, engine, signal }) => {
  const size = consoleSize(body.ConsoleSize);
  if (body.Detach) {
    await engine.execs.start(path.id, { detach: true, ...(size ? { size } : {}) }, signal);
    return empty(200);
  }
  const multiplexedType = compareVersions(version, '1.42') >= 0;
  const words = ({ message }: Error) => `${message}\r\n`;
  return upgrade(await execOrFailureReply(engine, path.id, { size, multiplexedType }, words, signal));
});
