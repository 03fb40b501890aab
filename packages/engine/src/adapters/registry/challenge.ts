/** One entry of a WWW-Authenticate header. Scheme and parameter names are lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;

/**
 * Reads the challenges of a WWW-Authenticate header (RFC 9110 §11.6.1), several of which may share one line separated by commas.
 * What does not follow the grammar ends the reading; what was read before counts.
 */
export function parseChallenges(header: string | readonly string[] | undefined): Challenge[] {
  return [header ?? []].flat().flatMap((line) => parseLine(line));
}

function parseLine(line: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const blank = /[\s,]*/y;
  match(blank);
  while (at < line.length) {
    const word = match(TOKEN)?.[0];
    if (word === undefined) break;
    match(/[ \t]*/y);
    const current = challenges.at(-1);
    if (line[at] === '=' && current !== undefined) {
      at++;
      match(/[ \t]*/y);
      const quoted = match(QUOTED);
      const value = quoted === null ? match(TOKEN)?.[0] : quoted[1]?.replace(/\\(.)/g, '$1');
      if (value === undefined) break;
      current.parameters[word.toLowerCase()] = value;
    } else {
      challenges.push({ scheme: word.toLowerCase(), parameters: {} });
    }
    match(blank);
  }
  return challenges;
}
