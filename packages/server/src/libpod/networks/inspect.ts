import { networkGet, networkInspect } from '@selkie/contract/libpod/networks';
import type { Engine } from '@selkie/engine';
import { handler, json, type Reply } from '../../http/handler.ts';
import { findNetwork } from './find.ts';
import { presentInspect } from './present/inspect.ts';

export const inspect = handler(networkInspect, ({ path, engine }) => reply(engine, path.name));

/** The same under its older path. */
export const get = handler(networkGet, ({ path, engine }) => reply(engine, path.name));

function reply(engine: Engine, name: string): Reply {
  return json(200, presentInspect(findNetwork(engine, name), engine.containers.all()));
}
