import type { Route } from '../http/handler.ts';
import { containers } from './containers/index.ts';
import { exec } from './exec/index.ts';
import { images } from './images/index.ts';
import { networks } from './networks/index.ts';
import { system } from './system/index.ts';
import { volumes } from './volumes/index.ts';

/** Everything the Docker group serves. */
export const dockerRoutes: readonly Route[] = [...containers, ...exec, ...images, ...networks, ...system, ...volumes];
