/** One short line about what is being done; nothing is said about what was already there. */
export function say(/** @type {string} */ line) {
  console.error(`setup: ${line}`);
}

/** Set-up cannot go on; `remedy` says what the user can do about it. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} remedy
   * @param {ErrorOptions} [options]
   */
  constructor(message, remedy, options) {
    super(message, options);
    this.name = 'SetupError';
    this.remedy = remedy;
  }
}
