import { systemInfo } from '@selkie/contract/docker/system';
import { handler, json } from '../../http/handler.ts';
import { presentInfo } from './present/info.ts';

export const info = handler(systemInfo, async ({ version, engine }) =>
  json(200, presentInfo(await engine.system.info(), version)),
);
