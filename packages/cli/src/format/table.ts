/** Cells are at least this wide, the gap to the next included, as podman's are. */
const LEAST = 12;
const GAP = 2;

/** Aligns lines whose cells are separated by tabs. The last cell of a line is left as it is. */
export function align(lines: readonly string[]): string {
  const rows = lines.map((line) => line.split('\t'));
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.slice(0, -1).entries()) {
      widths[i] = Math.max(widths[i] ?? LEAST, [...cell].length + GAP);
    }
  }
  return rows
    .map((row) => row.map((cell, i) => (i === row.length - 1 ? cell : pad(cell, widths[i] ?? LEAST))).join(''))
    .join('\n');
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - [...cell].length));
}
