/** Whether any of the patterns occurs in a text: a regular expression, or literally where it is none that can be read. */
export function matchesPattern(texts: readonly string[], patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const expression = compile(pattern);
    return texts.some((text) => text === pattern || (expression?.test(text) ?? text.includes(pattern)));
  });
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

/** `*` is any run of characters, everything else stands for itself. */
export function matchesGlob(text: string, pattern: string): boolean {
  const [first = '', ...pieces] = pattern.split('*');
  const last = pieces.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > text.length - last.length) return false;
    at = found + piece.length;
  }
  return true;
}
