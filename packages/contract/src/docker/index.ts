import type { Operation } from '../operation.ts';
import * as containers from './containers.ts';

export * from './containers.ts';

/** Every row of the Docker group. */
export const operations: readonly Operation[] = [containers].flatMap((area) => Object.values(area));
