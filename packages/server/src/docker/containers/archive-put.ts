import { putContainerArchive } from '@selkie/contract/docker/container-files';
import { empty, handler } from '../../http/handler.ts';
import { containerPath } from '../../translate/container-path.ts';

export const archivePut = handler(putContainerArchive, async ({ path: { id }, query, upload, engine, signal }) => {
  const { user } = engine.containers.inspect(id).process;
  // Without a user to own it by, Docker leaves everything to whom the archive names.
  const request = { keepKinds: query.noOverwriteDirNonDir, ownByUser: query.copyUIDGID && user !== '' };
  await engine.containers.putArchive(id, containerPath(query.path), upload, request, signal);
  return empty(200);
});
