/** The command line is wrong; `hint` says what would be right. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

/** The command cannot go on; the message is for the user as it is. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'Failure';
    this.exitCode = options.exitCode ?? EXIT.failure;
  }
}

/** Exit codes with a meaning of their own, as podman and docker have them. */
export const EXIT = { failure: 125, notExecutable: 126, notFound: 127 } as const;
