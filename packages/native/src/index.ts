export { SystemCallError } from './libc.ts';
