import type { Option, OptionSet } from './option.ts';

export interface Described {
  /** What follows the command's name. */
  readonly usage: string;
  readonly options: OptionSet;
}

/** The help text of a command. */
export function commandHelp(name: string, summary: string, { usage, options }: Described): string {
  const parts = [summary, `Usage:\n  selkie ${name} ${usage}`];
  if (Object.keys(options).length > 0) parts.push(`Options:\n${optionLines(options).join('\n')}`);
  return `${parts.join('\n\n')}\n`;
}

export function optionLines(options: OptionSet): string[] {
  const entries = Object.entries(options).sort(([a], [b]) => a.localeCompare(b));
  const left = entries.map(([name, option]) => `  ${written(name, option)}`);
  const width = Math.max(...left.map((text) => text.length));
  return entries.map(([, option], i) => `${left[i]?.padEnd(width)}   ${option.help}${defaultNote(option)}`);
}

function written(name: string, option: Option): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  return option.kind === 'flag' ? `${short}--${name}` : `${short}--${name} ${option.value}`;
}

function defaultNote(option: Option): string {
  return option.kind === 'flag' && option.default ? ' (default true)' : '';
}

/** Two columns of names and what they are. */
export function summaryLines(entries: readonly (readonly [name: string, summary: string])[]): string[] {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`);
}
