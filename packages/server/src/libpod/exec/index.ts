import { create } from './create.ts';
import { inspect } from './inspect.ts';
import { remove } from './remove.ts';
import { resize } from './resize.ts';
import { start } from './start.ts';

export const exec = [create, inspect, remove, resize, start];
