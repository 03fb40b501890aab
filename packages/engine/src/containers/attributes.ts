import type { ContainerRecord } from './record.ts';

/** What every event about a container says of it. */
export function attributesOf(
  record: ContainerRecord,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { ...record.process.labels, ...more, image: record.image?.name ?? '', name: record.name };
}
