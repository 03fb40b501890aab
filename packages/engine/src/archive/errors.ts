/** The archive itself is at fault: damaged, beyond a limit, or naming something that cannot be made inside the root. */
export class ArchiveError extends Error {
  constructor(reason: string, options?: { cause?: unknown }) {
    super(reason, options);
    this.name = 'ArchiveError';
  }
}
