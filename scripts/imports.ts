import { parseSync, Visitor } from 'oxc-parser';

/**
 * What a source file imports: static and dynamic imports, re-exports and type imports alike.
 * @throws where it does not parse, or where a dynamic import names no literal
 */
export function importsOf(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: string[] = [];
  new Visitor({
    ImportDeclaration: (node) => void found.push(node.source.value),
    ExportAllDeclaration: (node) => void found.push(node.source.value),
    ExportNamedDeclaration: (node) => {
      if (node.source) found.push(node.source.value);
    },
    TSImportType: (node) => void found.push(node.source.value),
    ImportExpression: (node) => {
      if (node.source.type !== 'Literal' || typeof node.source.value !== 'string') {
        throw new Error(`${file}: a computed import cannot be checked`);
      }
      found.push(node.source.value);
    },
  }).visit(program);
  return found;
}
