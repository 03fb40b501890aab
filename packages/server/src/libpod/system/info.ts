import { systemInfo } from '@selkie/contract/libpod/system';
import { handler, json } from '../../http/handler.ts';
import { presentInfo } from './present/info.ts';

export const info = handler(systemInfo, async ({ engine, connection }) =>
  json(200, presentInfo(await engine.system.info(), connection)),
);
