import { ApiError } from '@selkie/bindings';
import { EXIT, Failure } from '../failure.ts';

const NOT_FOUND = ['command not found', 'OCI runtime attempted to invoke a command that was not found'];
const NOT_EXECUTABLE = ['permission denied', 'OCI permission denied'];

/** A failure to start as shells tell it: 127 where there is no such program, 126 where it cannot be run. */
export function startFailure(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const exitCode = NOT_FOUND.includes(error.reason)
    ? EXIT.notFound
    : NOT_EXECUTABLE.includes(error.reason)
      ? EXIT.notExecutable
      : EXIT.failure;
  return new Failure(error.message, { exitCode, cause: error });
}
