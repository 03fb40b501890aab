/** Nanoseconds as Go prints a duration: `1m2.5s`, `12.3ms`. */
export function duration(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s';
  const seconds = nanoseconds / 1e9;
  if (seconds < 1e-3) return `${trim(nanoseconds / 1e3, 3)}µs`;
  if (seconds < 1) return `${trim(nanoseconds / 1e6, 6)}ms`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = `${trim(seconds % 60, 9)}s`;
  return hours > 0 ? `${hours}h${minutes}m${rest}` : minutes > 0 ? `${minutes}m${rest}` : rest;
}

function trim(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
