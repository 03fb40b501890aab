import { SelkieError } from '@selkie/contract';
import type { SeccompCondition, SeccompProfile, SeccompRule } from './seccomp.ts';
import type { OciSyscallArg } from './types.ts';

const ACTIONS = new Set([
  'SCMP_ACT_KILL',
  'SCMP_ACT_KILL_PROCESS',
  'SCMP_ACT_KILL_THREAD',
  'SCMP_ACT_TRAP',
  'SCMP_ACT_ERRNO',
  'SCMP_ACT_TRACE',
  'SCMP_ACT_ALLOW',
  'SCMP_ACT_LOG',
]);
const OPERATORS = new Set([
  'SCMP_CMP_NE',
  'SCMP_CMP_LT',
  'SCMP_CMP_LE',
  'SCMP_CMP_EQ',
  'SCMP_CMP_GE',
  'SCMP_CMP_GT',
  'SCMP_CMP_MASKED_EQ',
]);
const FLAGS = new Set([
  'SECCOMP_FILTER_FLAG_TSYNC',
  'SECCOMP_FILTER_FLAG_LOG',
  'SECCOMP_FILTER_FLAG_SPEC_ALLOW',
  'SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV',
]);
const MEMBERS = new Set(['defaultAction', 'defaultErrnoRet', 'architectures', 'archMap', 'flags', 'syscalls']);

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a profile's JSON text: Docker's form or the runtime's.
 * @throws SelkieError INVALID_PARAMETER, UNSUPPORTED (notify listeners)
 */
export function parseSeccompProfile(text: string): SeccompProfile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new SelkieError(
      'INVALID_PARAMETER',
      { reason: 'decoding seccomp profile failed: it is no JSON' },
      { cause: error },
    );
  }
  const profile = object(json, 'it');
  for (const name of Object.keys(profile)) {
    if (!MEMBERS.has(name)) {
      throw new SelkieError('UNSUPPORTED', {
        what: `seccomp profile member ${name}`,
        reason: 'the engine cannot honour it',
      });
    }
  }
  return {
    defaultAction: oneOf(profile.defaultAction, ACTIONS, 'defaultAction'),
    ...optional(profile, 'defaultErrnoRet', number),
    ...optional(profile, 'architectures', strings),
    ...optional(profile, 'archMap', (value, where) => array(value, where).map((entry) => archMap(entry, where))),
    ...optional(profile, 'flags', (value, where) => strings(value, where).map((flag) => oneOf(flag, FLAGS, where))),
    syscalls: array(profile.syscalls ?? [], 'syscalls').map(rule),
  };
}

function rule(value: unknown, index: number): SeccompRule {
  const where = `syscalls[${index}]`;
  const json = object(value, where);
  return {
    names: typeof json.name === 'string' && json.name !== '' ? [json.name] : strings(json.names, `${where}.names`),
    action: oneOf(json.action, ACTIONS, `${where}.action`),
    ...optional(json, 'errnoRet', number),
    ...optional(json, 'args', (args) => array(args, `${where}.args`).map((arg) => argument(arg, `${where}.args`))),
    ...optional(json, 'includes', condition),
    ...optional(json, 'excludes', condition),
  };
}

function argument(value: unknown, where: string): OciSyscallArg {
  const json = object(value, where);
  return {
    index: number(json.index, `${where}.index`),
    value: number(json.value, `${where}.value`),
    ...optional(json, 'valueTwo', number),
    op: oneOf(json.op, OPERATORS, `${where}.op`),
  };
}

function condition(value: unknown, where: string): SeccompCondition {
  const json = object(value, where);
  return {
    ...optional(json, 'caps', strings),
    ...optional(json, 'arches', strings),
    ...optional(json, 'minKernel', (kernel, at) => {
      if (typeof kernel !== 'string' || !/^\d+\.\d+/.test(kernel)) throw invalid(at, 'a kernel version');
      return kernel;
    }),
  };
}

function archMap(value: unknown, where: string): { architecture: string; subArchitectures: string[] } {
  const json = object(value, where);
  if (typeof json.architecture !== 'string') throw invalid(`${where}.architecture`, 'a string');
  return {
    architecture: json.architecture,
    subArchitectures: strings(json.subArchitectures ?? [], `${where}.subArchitectures`),
  };
}

/** The member under its own name where it is given, nothing where it is missing or null. */
function optional<K extends string, T>(
  json: Json,
  name: K,
  read: (value: unknown, where: string) => T,
): { readonly [P in K]?: T } {
  const value = json[name];
  const result: { [P in K]?: T } = {};
  if (value !== undefined && value !== null) result[name] = read(value, name);
  return result;
}

function invalid(where: string, wanted: string): SelkieError {
  return new SelkieError('INVALID_PARAMETER', {
    reason: `decoding seccomp profile failed: ${where} must be ${wanted}`,
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function object(value: unknown, where: string): Json {
  if (!isObject(value)) throw invalid(where, 'an object');
  return value;
}

function array(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(where, 'an array');
  return value;
}

function strings(value: unknown, where: string): string[] {
  return array(value, where).map((item) => {
    if (typeof item !== 'string') throw invalid(where, 'an array of strings');
    return item;
  });
}

/** Above 2^53 a number has already lost its low bits in parsing, and the filter would check another value. */
function number(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw invalid(where, 'a whole number below 2^53');
  return value;
}

function oneOf(value: unknown, allowed: ReadonlySet<string>, where: string): string {
  if (typeof value !== 'string' || !allowed.has(value)) throw invalid(where, `one of ${[...allowed].join(', ')}`);
  return value;
}
