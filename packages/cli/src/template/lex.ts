/** A template, or a value in it, that makes no sense. */
export class TemplateError extends Error {
  constructor(message: string) {
    super(`template: ${message}`);
    this.name = 'TemplateError';
  }
}

/** Text between actions, or what is inside one. */
export type Segment = { readonly text: string } | { readonly action: readonly Token[] };

export type Token =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  /** `.Name` */
  | { readonly kind: 'field'; readonly name: string; readonly attached: boolean }
  | { readonly kind: 'dot' }
  /** `$name`; the root where the name is empty */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'word'; readonly name: string }
  | { readonly kind: 'symbol'; readonly symbol: '|' | '(' | ')' | ':=' | '=' | ',' };

/** Splits a template into texts and actions; `{{-` and `-}}` trim the text beside them. @throws TemplateError */
export function split(source: string): Segment[] {
  const segments: Segment[] = [];
  let trimNext = false;
  let rest = source;
  for (;;) {
    const open = rest.indexOf('{{');
    if (open === -1) {
      segments.push({ text: trimNext ? rest.trimStart() : rest });
      return segments.filter((segment) => !('text' in segment) || segment.text !== '');
    }
    const trimBefore = /^\{\{-\s/.test(rest.slice(open));
    const text = trimNext ? rest.slice(0, open).trimStart() : rest.slice(0, open);
    segments.push({ text: trimBefore ? text.trimEnd() : text });
    const { length, body, trimAfter } = actionAt(rest.slice(open), trimBefore);
    if (body !== undefined) segments.push({ action: tokens(body) });
    trimNext = trimAfter;
    rest = rest.slice(open + length);
  }
}

/** The action a text begins with. A comment has no body. */
function actionAt(text: string, trimBefore: boolean): { length: number; body: string | undefined; trimAfter: boolean } {
  const start = trimBefore ? 3 : 2;
  const comment = /^\s*\/\*[\s\S]*?\*\/\s*?(\s-)?\}\}/.exec(text.slice(start));
  if (comment) return { length: start + comment[0].length, body: undefined, trimAfter: comment[1] !== undefined };
  const [inside = ''] = /^(?:"(?:\\.|[^"\\])*"|`[^`]*`|(?!\}\}).)*/s.exec(text.slice(start)) ?? [];
  if (!text.startsWith('}}', start + inside.length)) throw new TemplateError('an action is not closed with }}');
  const trimAfter = /\s-$/.test(inside);
  return { length: start + inside.length + 2, body: trimAfter ? inside.slice(0, -1) : inside, trimAfter };
}

const PATTERN =
  /(?<space>\s+)|(?<string>"(?:\\.|[^"\\])*")|`(?<raw>[^`]*)`|(?<number>-?\d+(?:\.\d+)?)|\.(?<field>[A-Za-z_]\w*)|(?<dot>\.)|\$(?<variable>\w*)|(?<word>[A-Za-z_]\w*)|(?<symbol>:=|[|()=,])/y;

function tokens(body: string): Token[] {
  const found: Token[] = [];
  let attached = false;
  for (let at = 0; at < body.length; ) {
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(body);
    if (match === null) throw new TemplateError(`unexpected ${JSON.stringify(body.charAt(at))} in {{${body}}}`);
    at = PATTERN.lastIndex;
    const token = tokenOf(match.groups ?? {}, attached);
    if (token !== undefined) found.push(token);
    attached = token !== undefined;
  }
  return found;
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>, attached: boolean): Token | undefined {
  const { string, raw, number, field, dot, variable, word, symbol } = groups;
  if (string !== undefined) return { kind: 'string', value: unquote(string) };
  if (raw !== undefined) return { kind: 'string', value: raw };
  if (number !== undefined) return { kind: 'number', value: Number(number) };
  if (field !== undefined) return { kind: 'field', name: field, attached };
  if (dot !== undefined) return { kind: 'dot' };
  if (variable !== undefined) return { kind: 'variable', name: variable };
  if (word !== undefined) return { kind: 'word', name: word };
  switch (symbol) {
    case '|':
    case '(':
    case ')':
    case ':=':
    case '=':
    case ',':
      return { kind: 'symbol', symbol };
    default:
      return undefined;
  }
}

function unquote(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    throw new TemplateError(`bad string ${literal}`);
  }
}
