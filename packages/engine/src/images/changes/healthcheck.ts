import { parseDuration } from '../../time.ts';
import type { ImageHealthcheck } from '../config.ts';

const FLAG = /^--([a-z-]+)=(\S+)\s*/;

type Duration = 'interval' | 'timeout' | 'startPeriod' | 'startInterval';
const DURATIONS = new Map<string, Duration>([
  ['interval', 'interval'],
  ['timeout', 'timeout'],
  ['start-period', 'startPeriod'],
  ['start-interval', 'startInterval'],
]);

/** The arguments of a HEALTHCHECK. @param command reads what follows CMD @throws TypeError */
export function healthcheckOf(
  text: string,
  command: (text: string) => { words: string[]; shell: boolean },
): ImageHealthcheck {
  let rest = text.trim();
  const settings: Partial<Record<Duration | 'retries', number>> = {};
  for (let match = FLAG.exec(rest); match !== null; match = FLAG.exec(rest)) {
    const [whole, name = '', value = ''] = match;
    rest = rest.slice(whole.length);
    const duration = DURATIONS.get(name);
    if (name === 'retries') settings.retries = retriesOf(value);
    else if (duration !== undefined) settings[duration] = nanosecondsOf(name, value);
    else throw new TypeError(`unknown option --${name}`);
  }
  const [kind = '', ...more] = rest.split(/\s+/);
  if (kind.toUpperCase() === 'NONE' && more.length === 0) return { test: ['NONE'] };
  const tested = rest.slice(kind.length).trim();
  if (kind.toUpperCase() !== 'CMD' || tested === '') throw new TypeError('NONE or CMD with a command is expected');
  const { words, shell } = command(tested);
  return { test: shell ? ['CMD-SHELL', tested] : ['CMD', ...words], ...settings };
}

function nanosecondsOf(name: string, value: string): number {
  const nanos = parseDuration(value);
  if (nanos === undefined || nanos < 0n) throw new TypeError(`--${name} is no duration: ${value}`);
  return Number(nanos);
}

function retriesOf(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new TypeError(`--retries is no number: ${value}`);
  return Number(value);
}
