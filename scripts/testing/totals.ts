import type { TestEvent } from 'node:test/reporters';

const COUNTS = ['tests', 'suites', 'pass', 'fail', 'cancelled', 'skipped', 'todo', 'duration_ms'] as const;

/** Turns the closing lines of several runs into one set, so that the last lines of the output are about everything. */
export class Totals {
  readonly #sums = new Map<string, number>();

  /** Takes a run's closing line out of its events. @returns false for any other event */
  take(event: TestEvent): boolean {
    if (event.type !== 'test:diagnostic' || event.data.nesting !== 0 || event.data.file !== undefined) return false;
    const [, name = '', value = ''] = /^(\w+) ([\d.]+)$/.exec(event.data.message) ?? [];
    if (!COUNTS.some((count) => count === name)) return false;
    this.#sums.set(name, (this.#sums.get(name) ?? 0) + Number(value));
    return true;
  }

  get tests(): number {
    return this.#sums.get('tests') ?? 0;
  }

  get failed(): boolean {
    return (this.#sums.get('fail') ?? 0) + (this.#sums.get('cancelled') ?? 0) > 0;
  }

  *lines(): Generator<TestEvent> {
    for (const name of COUNTS) {
      yield {
        type: 'test:diagnostic',
        data: { nesting: 0, message: `${name} ${this.#sums.get(name) ?? 0}`, level: 'info' },
      };
    }
  }
}
