import { create } from './create.ts';
import { inspect } from './inspect.ts';
import { resize } from './resize.ts';
import { start } from './start.ts';

export const exec = [create, inspect, resize, start];
