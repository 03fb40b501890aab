import { FUNCTIONS } from './functions.ts';
import { TemplateError } from './lex.ts';
import { type Command, type Node, type Operand, type Pipeline, parseTemplate } from './parse.ts';
import { print } from './print.ts';
import { has, member, truth } from './values.ts';

/** Fills a template with a value. */
export type Template = (value: unknown) => string;

/** Compiles a template of Go's text/template language. @throws TemplateError, and so does the template */
export function compileTemplate(source: string): Template {
  const nodes = parseTemplate(source);
  return (value) => new Evaluation(value).run(nodes, value);
}

class Evaluation {
  readonly #root: unknown;
  /** Innermost last. */
  readonly #scopes: Map<string, unknown>[];

  constructor(root: unknown) {
    this.#root = root;
    this.#scopes = [new Map([['', root]])];
  }

  run(nodes: readonly Node[], dot: unknown): string {
    return nodes.map((node) => this.#node(node, dot)).join('');
  }

  #node(node: Node, dot: unknown): string {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'output': {
        const value = this.#pipeline(node.pipeline, dot);
        return node.pipeline.names.length > 0 ? '' : print(value);
      }
      case 'range':
        return this.#range(node, dot);
      default:
        return this.#scoped(() => {
          const value = this.#pipeline(node.pipeline, dot);
          if (!truth(value)) return this.run(node.otherwise, dot);
          return this.run(node.body, node.kind === 'with' ? value : dot);
        });
    }
  }

  #range({ pipeline, body, otherwise }: Extract<Node, { kind: 'if' | 'with' | 'range' }>, dot: unknown): string {
    const value = this.#commands(pipeline, dot);
    const entries = rangeEntries(value);
    if (entries.length === 0) return this.run(otherwise, dot);
    const [first, second] = pipeline.names;
    return entries
      .map(([key, item]) =>
        this.#scoped((scope) => {
          if (second !== undefined && first !== undefined) scope.set(first, key).set(second, item);
          else if (first !== undefined) scope.set(first, item);
          return this.run(body, item);
        }),
      )
      .join('');
  }

  #scoped(run: (scope: Map<string, unknown>) => string): string {
    const scope = new Map<string, unknown>();
    this.#scopes.push(scope);
    try {
      return run(scope);
    } finally {
      this.#scopes.pop();
    }
  }

  #pipeline(pipeline: Pipeline, dot: unknown): unknown {
    const value = this.#commands(pipeline, dot);
    const [name] = pipeline.names;
    if (name === undefined) return value;
    const scope = pipeline.declares ? this.#scopes.at(-1) : this.#scopes.findLast((candidate) => candidate.has(name));
    if (scope === undefined) throw new TemplateError(`undefined variable $${name}`);
    scope.set(name, value);
    return value;
  }

  #commands({ commands }: Pipeline, dot: unknown): unknown {
    return commands.reduce<{ value?: unknown }>(
      (before, command) => ({ value: this.#command(command, 'value' in before ? [before.value] : [], dot) }),
      {},
    ).value;
  }

  #command([head, ...operands]: Command, piped: readonly unknown[], dot: unknown): unknown {
    const { base, path } = head;
    if (base.kind === 'function') {
      const called = this.#call(base.name, operands, piped, dot);
      return path.reduce<unknown>(member, called);
    }
    const value = this.#operand(head, dot);
    const args = () => [...operands.map((operand) => this.#operand(operand, dot)), ...piped];
    if (typeof value === 'function') return value(...args());
    if (operands.length + piped.length > 0) throw new TemplateError(`${print(value)} is no function`);
    return value;
  }

  #call(name: string, operands: readonly Operand[], piped: readonly unknown[], dot: unknown): unknown {
    if (name === 'and' || name === 'or') {
      let value: unknown;
      const values = [
        ...operands.map((operand) => () => this.#operand(operand, dot)),
        ...piped.map((item) => () => item),
      ];
      for (const evaluate of values) {
        value = evaluate();
        if (truth(value) === (name === 'or')) return value;
      }
      return value;
    }
    const called = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (called === undefined) throw new TemplateError(`function "${name}" not defined`);
    return called(...operands.map((operand) => this.#operand(operand, dot)), ...piped);
  }

  #operand({ base, path }: Operand, dot: unknown): unknown {
    const value = this.#base(base, dot);
    const [first] = path;
    // A mistyped name is told where it is certain; further down something may just not be set.
    if (first !== undefined && value === this.#root && !has(value, first)) {
      throw new TemplateError(`can't evaluate field ${first}`);
    }
    return path.reduce<unknown>(member, value);
  }

  #base(base: Operand['base'], dot: unknown): unknown {
    switch (base.kind) {
      case 'literal':
        return base.value;
      case 'dot':
        return dot;
      case 'variable': {
        const scope = this.#scopes.findLast((candidate) => candidate.has(base.name));
        if (scope === undefined) throw new TemplateError(`undefined variable $${base.name}`);
        return scope.get(base.name);
      }
      case 'function':
        return this.#call(base.name, [], [], dot);
      case 'pipeline':
        return this.#pipeline(base.pipeline, dot);
    }
  }
}

function rangeEntries(value: unknown): [key: unknown, item: unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item]);
  if (typeof value === 'number') return Array.from({ length: value }, (_, index) => [index, index]);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  }
  if (value === null || value === undefined) return [];
  throw new TemplateError(`range can't iterate over ${print(value)}`);
}
