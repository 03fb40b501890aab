import { type Segment, split, TemplateError, type Token } from './lex.ts';

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipeline: Pipeline;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    };

/** Commands whose results each go to the next as last argument; the last result may be given names. */
export interface Pipeline {
  readonly names: readonly string[];
  /** True for `:=`, false for `=`. */
  readonly declares: boolean;
  readonly commands: readonly Command[];
}

/** A function with arguments, or one value. */
export type Command = readonly [Operand, ...Operand[]];

export type Operand = {
  readonly base:
    | { readonly kind: 'literal'; readonly value: unknown }
    | { readonly kind: 'dot' }
    | { readonly kind: 'variable'; readonly name: string }
    | { readonly kind: 'function'; readonly name: string }
    | { readonly kind: 'pipeline'; readonly pipeline: Pipeline };
  /** Fields below the base. */
  readonly path: readonly string[];
};

/** Parses a template of Go's text/template language. @throws TemplateError */
export function parseTemplate(source: string): readonly Node[] {
  const parser = new BlockParser(split(source));
  const { nodes, end } = parser.nodes();
  if (end !== undefined) throw new TemplateError(`unexpected {{${end}}}`);
  return nodes;
}

const BLOCKS = ['if', 'with', 'range'] as const;

class BlockParser {
  readonly #segments: readonly Segment[];
  #at = 0;

  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
  }

  /** Nodes up to the end of the template, or to the word that ends the block they are in. */
  nodes(): { nodes: Node[]; end?: 'end' | 'else'; rest?: readonly Token[] } {
    const nodes: Node[] = [];
    for (;;) {
      const segment = this.#segments[this.#at++];
      if (segment === undefined) return { nodes };
      if ('text' in segment) {
        nodes.push({ kind: 'text', text: segment.text });
        continue;
      }
      const [first, ...rest] = segment.action;
      const word = first?.kind === 'word' ? first.name : undefined;
      if (word === 'end' || word === 'else') return { nodes, end: word, rest };
      const kind = BLOCKS.find((block) => block === word);
      nodes.push(kind ? this.#block(kind, rest) : { kind: 'output', pipeline: parsePipeline(segment.action) });
    }
  }

  #block(kind: (typeof BLOCKS)[number], head: readonly Token[]): Node {
    const pipeline = parsePipeline(head);
    const { nodes: body, end, rest = [] } = this.nodes();
    if (end === undefined) throw new TemplateError(`{{${kind}}} has no {{end}}`);
    return { kind, pipeline, body, otherwise: end === 'else' ? this.#otherwise(rest) : [] };
  }

  /** What follows `else`; `else if` is a block of its own that shares the end. */
  #otherwise(rest: readonly Token[]): Node[] {
    const [first, ...head] = rest;
    if (first !== undefined) {
      const kind = BLOCKS.find((block) => first.kind === 'word' && block === first.name);
      if (kind === undefined || kind === 'range') throw new TemplateError('unexpected words after {{else');
      return [this.#block(kind, head)];
    }
    const { nodes, end } = this.nodes();
    if (end !== 'end') throw new TemplateError('{{else}} has no {{end}}');
    return nodes;
  }
}

function parsePipeline(tokens: readonly Token[]): Pipeline {
  const parser = new PipelineParser(tokens);
  const pipeline = parser.pipeline();
  parser.end();
  return pipeline;
}

class PipelineParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  pipeline(): Pipeline {
    const { names, declares } = this.#names();
    const commands = [this.#command()];
    while (this.#take('|')) commands.push(this.#command());
    return { names, declares, commands };
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw new TemplateError('unexpected words at the end of an action');
  }

  /** `$a, $b :=`, where the pipeline begins so. */
  #names(): { names: string[]; declares: boolean } {
    const start = this.#at;
    const names: string[] = [];
    for (let token = this.#tokens[this.#at]; token?.kind === 'variable'; token = this.#tokens[this.#at]) {
      names.push(token.name);
      this.#at++;
      if (this.#take(':=')) return { names, declares: true };
      if (this.#take('=')) return { names, declares: false };
      if (!this.#take(',')) break;
    }
    this.#at = start;
    return { names: [], declares: false };
  }

  #command(): Command {
    const first = this.#operand();
    if (first === undefined) throw new TemplateError('a value is missing');
    const operands: [Operand, ...Operand[]] = [first];
    for (let next = this.#operand(); next !== undefined; next = this.#operand()) operands.push(next);
    return operands;
  }

  #operand(): Operand | undefined {
    const base = this.#base();
    if (base === undefined) return undefined;
    const path: string[] = [];
    for (let token = this.#tokens[this.#at]; token?.kind === 'field'; token = this.#tokens[this.#at]) {
      // A space before it begins another operand, except for the field a lone base stands for.
      if (!token.attached && !(base.kind === 'dot' && path.length === 0 && base.implied)) break;
      path.push(token.name);
      this.#at++;
    }
    return { base, path };
  }

  #base(): (Operand['base'] & { implied?: boolean }) | undefined {
    const token = this.#tokens[this.#at];
    switch (token?.kind) {
      case 'string':
      case 'number':
        this.#at++;
        return { kind: 'literal', value: token.value };
      case 'field':
        return { kind: 'dot', implied: true };
      case 'dot':
        this.#at++;
        return { kind: 'dot' };
      case 'variable':
        this.#at++;
        return { kind: 'variable', name: token.name };
      case 'word':
        this.#at++;
        return wordBase(token.name);
      default:
        return this.#parenthesised();
    }
  }

  #parenthesised(): Operand['base'] | undefined {
    if (!this.#take('(')) return undefined;
    const pipeline = this.pipeline();
    if (!this.#take(')')) throw new TemplateError('a parenthesis is not closed');
    return { kind: 'pipeline', pipeline };
  }

  #take(symbol: string): boolean {
    const token = this.#tokens[this.#at];
    const taken = token?.kind === 'symbol' && token.symbol === symbol;
    if (taken) this.#at++;
    return taken;
  }
}

function wordBase(name: string): Operand['base'] {
  switch (name) {
    case 'true':
      return { kind: 'literal', value: true };
    case 'false':
      return { kind: 'literal', value: false };
    case 'nil':
      return { kind: 'literal', value: null };
    default:
      return { kind: 'function', name };
  }
}
