/**
 * Which of the types offered a client would rather have, going by its Accept header: the one of the highest quality, the first named of
 * equals. Undefined where it names none of them; a wildcard names none.
 */
export function preferredType(accept: string | undefined, offered: readonly string[]): string | undefined {
  const wanted = (accept ?? '').split(',').flatMap((entry) => {
    const [type = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const weight = quality === undefined ? 1 : Number(quality);
    return offered.includes(type) && weight > 0 ? [{ type, weight }] : [];
  });
  return wanted.sort((a, b) => b.weight - a.weight)[0]?.type;
}
