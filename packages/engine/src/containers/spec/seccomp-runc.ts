import type { OciSeccomp } from './types.ts';

const ERRNO = 'SCMP_ACT_ERRNO';
const EPERM = 1;
const ENOSYS = 38;

/**
 * The same filter in fewer rules, for runc. It builds its filter anew for every start and exec, at a cost per rule; and it answers ENOSYS by
 * itself to calls newer than all the filter names. So EPERM can be the default and needs no rules of its own; clone3, which C libraries must
 * be told they do not have, then needs one.
 */
export function forRunc(filter: OciSeccomp): OciSeccomp {
  if (filter.defaultAction !== ERRNO || filter.defaultErrnoRet !== ENOSYS) return filter;
  const syscalls = filter.syscalls.filter(({ action, errnoRet }) => action !== ERRNO || errnoRet !== EPERM);
  const hasClone3 = syscalls.some(({ names }) => names.includes('clone3'));
  return {
    ...filter,
    defaultErrnoRet: EPERM,
    syscalls: hasClone3 ? syscalls : [...syscalls, { names: ['clone3'], action: ERRNO, errnoRet: ENOSYS }],
  };
}
