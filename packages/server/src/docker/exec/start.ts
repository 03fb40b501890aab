import { SelkieError } from '@selkie/contract';
import { execStart } from '@selkie/contract/docker/exec';
import { compareVersions } from '@selkie/contract/versions';
import { empty, handler, upgrade } from '../../http/handler.ts';
import { execReply, failedExecReply } from '../../stdio/exec.ts';
import { consoleSize } from '../../translate/exec.ts';

export const start = handler(execStart, async ({ path, body = {}, version, engine, signal }) => {
  const size = consoleSize(body.ConsoleSize);
  if (body.Detach) {
    await engine.execs.start(path.id, { detach: true, ...(size ? { size } : {}) }, signal);
    return empty(200);
  }
  try {
    return upgrade(
      await execReply(engine, path.id, { size, multiplexedType: compareVersions(version, '1.42') >= 0 }, signal),
    );
  } catch (error) {
    const { state, definition } = engine.execs.inspect(path.id);
    // Before it was tried a failure is a status; a process that could not be run is an exit code and words on the stream.
    if (!(error instanceof SelkieError) || state !== 'exited' || error.code === 'CONFLICT') throw error;
    return upgrade(failedExecReply(definition.terminal, error.message));
  }
});
