/** This API shows IDs of images without their algorithm. */
export function bareId(id: string): string {
  return id.replace(/^sha256:/, '');
}
