const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** `2.16MB`: units of a thousand, so many significant digits. */
export function decimalSize(bytes: number, digits = 4, gap = ''): string {
  return withUnit(bytes, 1000, DECIMAL, digits, gap);
}

/** `2.06MiB`: units of 1024. */
export function binarySize(bytes: number): string {
  return withUnit(bytes, 1024, BINARY, 4, '');
}

function withUnit(bytes: number, base: number, units: readonly string[], digits: number, gap: string): string {
  let value = bytes;
  let unit = 0;
  for (; Math.abs(value) >= base && unit < units.length - 1; unit++) value /= base;
  return `${Number(value.toPrecision(digits))}${gap}${units[unit]}`;
}
