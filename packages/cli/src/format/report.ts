import type { Context } from '../command.ts';
import { Failure } from '../failure.ts';
import { TemplateError } from '../template/lex.ts';
import { align } from './table.ts';

/** What a template sees of one thing: names as podman has them. */
export type Row = Readonly<Record<string, unknown>>;

interface ReportOptions {
  /** As the user gave it: `json`, `table …` or a template. */
  readonly format?: string | undefined;
  /** Template of the table that is printed without a format, its cells separated by tabs. */
  readonly table: string;
  /** Headers that are not the field's name in upper case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly noHeading?: boolean;
  /** What `json` prints, where that is not the rows. */
  readonly json?: readonly unknown[];
}

/** Prints rows as a table, as JSON or by a template. */
export async function report(
  { stdout }: Pick<Context, 'stdout'>,
  rows: readonly Row[],
  options: ReportOptions,
): Promise<void> {
  stdout.write(await render(rows, options));
}

export async function render(rows: readonly Row[], options: ReportOptions): Promise<string> {
  const { format = `table ${options.table}`, json = rows } = options;
  if (format === 'json') return `${JSON.stringify(json, null, 2)}\n`;
  const table = /^table(?:\s+|$)/.exec(format)?.[0];
  const lines = await fillLines(unescaped(table === undefined ? format : format.slice(table.length)), rows, {
    ...(table !== undefined && !options.noHeading && { headers: options.headers ?? {} }),
  });
  if (lines.length === 0) return '';
  return `${table === undefined ? lines.join('\n') : align(lines)}\n`;
}

/** Fills a template with one value. @throws Failure where it is no template, or does not fit */
export async function fill(format: string, value: unknown): Promise<string> {
  const [line = ''] = await fillLines(unescaped(format), [value], {});
  return line;
}

async function fillLines(
  source: string,
  values: readonly unknown[],
  { headers }: { readonly headers?: Readonly<Record<string, string>> },
): Promise<string[]> {
  const { compileTemplate } = await import('../template/evaluate.ts');
  try {
    const template = compileTemplate(source);
    const heading = headers === undefined ? [] : [template(headings(source, headers))];
    return [...heading, ...values.map(template)];
  } catch (error) {
    if (error instanceof TemplateError) throw new Failure(error.message, { cause: error });
    throw error;
  }
}

/** For every name a template mentions what stands above its column. */
function headings(source: string, headers: Readonly<Record<string, string>>): Row {
  const names = [...source.matchAll(/\.(\w+)/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, headers[name] ?? spaced(name)]));
}

/** `CreatedAt` → `CREATED AT`; `ID` stays. */
function spaced(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase();
}

/** Shells hand over `\t` as two characters. */
function unescaped(format: string): string {
  return format.replace(/\\([tn])/g, (_, letter: string) => (letter === 't' ? '\t' : '\n'));
}
