import { containerExec } from '@selkie/contract/libpod/exec';
import { handler, json } from '../../http/handler.ts';
import { execDefinition } from '../../translate/exec.ts';

export const create = handler(containerExec, ({ path, body, engine }) =>
  json(201, { Id: engine.execs.create(path.name, execDefinition(body)).id }),
);
