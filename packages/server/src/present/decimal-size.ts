const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A size as people read it: four digits and a unit of a thousand. */
export function decimalSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1000 && unit < UNITS.length - 1; unit++) value /= 1000;
  return `${Number(value.toPrecision(4))}${UNITS[unit]}`;
}
