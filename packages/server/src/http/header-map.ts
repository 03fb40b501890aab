/** Headers of a response, one value a name. */
export type Headers = Readonly<Record<string, string>>;

/** Later layers win, however either spells a name. */
export function mergeHeaders(...layers: readonly Headers[]): Headers {
  const merged = new Map<string, [string, string]>();
  for (const layer of layers) {
    for (const entry of Object.entries(layer)) merged.set(entry[0].toLowerCase(), entry);
  }
  return Object.fromEntries(merged.values());
}
