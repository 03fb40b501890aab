import { putContainerArchive } from '@selkie/contract/libpod/container-files';
import { empty, handler } from '../../http/handler.ts';
import { containerPath } from '../../translate/container-path.ts';

export const archivePut = handler(putContainerArchive, async ({ path: { name }, query, upload, engine, signal }) => {
  const { rename, pause } = query;
  const request = {
    keepKinds: query.noOverwriteDirNonDir,
    ownByUser: query.copyUIDGID,
    pause,
    ...(rename && { rename }),
  };
  await engine.containers.putArchive(name, containerPath(query.path), upload, request, signal);
  return empty(200);
});
