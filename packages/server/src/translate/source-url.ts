import { invalid } from './refuse.ts';

/** Where something is to be fetched from; without a scheme it is http's. @throws SelkieError INVALID_PARAMETER */
export function sourceUrl(text: string): URL {
  const full = text.includes('://') ? text : `http://${text}`;
  return URL.canParse(full) ? new URL(full) : invalid(`invalid URL: ${text}`);
}
