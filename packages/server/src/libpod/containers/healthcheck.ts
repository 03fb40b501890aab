import { containerHealthcheck } from '@selkie/contract/libpod/container-lifecycle';
import { handler, json } from '../../http/handler.ts';
import { presentHealth } from './present/state.ts';

export const healthcheck = handler(containerHealthcheck, async ({ path, engine, signal }) =>
  json(200, presentHealth(await engine.health.check(path.name, signal))),
);
