import { pull } from './pull.ts';

export const images = [pull];
