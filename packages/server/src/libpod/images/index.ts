import { exists } from './exists.ts';
import { inspect } from './inspect.ts';
import { pull } from './pull.ts';

export const images = [exists, inspect, pull];
