/** An image's layers on the host as both APIs name them. @param directories from the base up */
export function driverData(directories: readonly string[]): Record<string, string> {
  const [top, ...below] = directories.toReversed();
  return { ...(below.length > 0 ? { LowerDir: below.join(':') } : {}), ...(top ? { UpperDir: top } : {}) };
}
