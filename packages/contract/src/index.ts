export * from './decode.ts';
export * as docker from './docker/index.ts';
export * from './errors.ts';
export * as libpod from './libpod/index.ts';
export * from './operation.ts';
export { parse } from './parse.ts';
export * from './versions.ts';
