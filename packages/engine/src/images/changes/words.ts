/** The value of a variable; undefined where it is not set. */
export type Variables = (name: string) => string | undefined;

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;

/**
 * Splits the arguments of an instruction as a Dockerfile has them: words between blanks, quotes around what has blanks, a backslash before
 * what is meant literally, and variables replaced outside single quotes.
 * @throws TypeError for quotes or braces that are not closed
 */
export function splitWords(text: string, variables: Variables): string[] {
  return new Lexer(text, variables).words();
}

/** The whole text as one word. @throws TypeError */
export function expand(text: string, variables: Variables): string {
  return new Lexer(text, variables).word(() => false);
}

class Lexer {
  readonly #text: string;
  readonly #variables: Variables;
  #at = 0;

  constructor(text: string, variables: Variables) {
    this.#text = text;
    this.#variables = variables;
  }

  words(): string[] {
    const words: string[] = [];
    for (;;) {
      while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
      if (this.#at >= this.#text.length) return words;
      words.push(this.word((char) => /\s/.test(char)));
    }
  }

  /** Up to an unquoted character that ends it. */
  word(ends: (char: string) => boolean): string {
    let word = '';
    for (let char = this.#text[this.#at]; char !== undefined && !ends(char); char = this.#text[this.#at]) {
      this.#at++;
      if (char === "'") word += this.#single();
      else if (char === '"') word += this.#double();
      else word += this.#plain(char);
    }
    return word;
  }

  #plain(char: string): string {
    if (char === '$') return this.#variable();
    if (char !== '\\') return char;
    const escaped = this.#text[this.#at++];
    return escaped ?? '\\';
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at);
    if (end < 0) throw new TypeError('a quote is not closed');
    const quoted = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return quoted;
  }

  #double(): string {
    let quoted = '';
    for (let char = this.#text[this.#at++]; char !== '"'; char = this.#text[this.#at++]) {
      if (char === undefined) throw new TypeError('a quote is not closed');
      const next = this.#text[this.#at] ?? '';
      if (char === '\\' && !'"\\$'.includes(next)) quoted += char;
      else quoted += this.#plain(char);
    }
    return quoted;
  }

  /** `$name`, `${name}`, `${name:-otherwise}` or `${name:+instead}`. */
  #variable(): string {
    const braced = this.#text[this.#at] === '{';
    NAME.lastIndex = this.#at + (braced ? 1 : 0);
    const name = NAME.exec(this.#text)?.[0];
    if (name === undefined) return '$';
    this.#at = NAME.lastIndex;
    const value = this.#variables(name);
    if (!braced) return value ?? '';
    const modifier = /:[-+]/y;
    modifier.lastIndex = this.#at;
    const [operator] = modifier.exec(this.#text) ?? [];
    if (operator !== undefined) this.#at += operator.length;
    const other = this.word((char) => char === '}');
    if (this.#text[this.#at++] !== '}') throw new TypeError(`the brace of \${${name} is not closed`);
    if (operator === undefined && other !== '') throw new TypeError(`an unsupported modifier of \${${name}}`);
    if (operator === ':-') return value ? value : other;
    if (operator === ':+') return value ? other : '';
    return value ?? '';
  }
}
