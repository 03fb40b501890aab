import { docker, libpod, type Operation } from '@selkie/contract';
import { dockerRoutes } from './docker/index.ts';
import { documentRoutes } from './http/documents.ts';
import type { Route } from './http/handler.ts';
import { libpodRoutes } from './libpod/index.ts';

/** Every row of the table, served or not. */
export const operations: readonly Operation[] = [...docker.operations, ...libpod.operations];

/** What serves them. */
export const routes: readonly Route[] = [...documentRoutes(), ...dockerRoutes, ...libpodRoutes];
