import { importsOf } from '../imports.ts';
import { read, sourceFiles } from '../source-files.ts';

export interface Phase {
  readonly name: 'repository' | 'unit' | 'service' | 'conformance';
  readonly files: readonly string[];
  /** How many files run at a time. */
  readonly concurrency: number;
  /** A test that takes longer hangs; no test waits this long for anything. */
  readonly timeoutMs: number;
}

const STARTS_SERVICE = /conformance\/support\/service\.ts$/;

/**
 * Sorts the test files into phases. Those that start the service share the host's network and mounts, and run one at a time.
 * @param filters names of phases, or parts of file paths; none: everything
 */
export function plan(filters: readonly string[]): Phase[] {
  const files: Record<Phase['name'], string[]> = { repository: [], unit: [], service: [], conformance: [] };
  for (const file of sourceFiles().filter((name) => name.endsWith('.test.ts'))) {
    const phase = phaseOf(file);
    const wanted =
      filters.length === 0 || filters.some((filter) => (filter in files ? filter === phase : file.includes(filter)));
    if (wanted) files[phase].push(file);
  }
  const phases: Phase[] = [
    { name: 'repository', files: files.repository, concurrency: 2, timeoutMs: 120_000 },
    { name: 'unit', files: files.unit, concurrency: 2, timeoutMs: 60_000 },
    { name: 'service', files: files.service, concurrency: 1, timeoutMs: 180_000 },
    { name: 'conformance', files: files.conformance, concurrency: 1, timeoutMs: 300_000 },
  ];
  return phases.filter((phase) => phase.files.length > 0);
}

function phaseOf(file: string): Phase['name'] {
  if (file.startsWith('scripts/')) return 'repository';
  if (file.startsWith('conformance/')) return 'conformance';
  return importsOf(file, read(file)).some((specifier) => STARTS_SERVICE.test(specifier)) ? 'service' : 'unit';
}
