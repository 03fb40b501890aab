/** Tar archives written byte by byte, the hostile ones that no tar program would write included. */
export { type Member, tar } from '../../packages/engine/test/support/tar.ts';
