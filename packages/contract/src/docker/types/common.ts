import * as t from '../../schema.ts';

export const OCIPlatform = t.object({
  architecture: t.string(),
  os: t.string(),
  'os.version': t.optional(t.string()),
  'os.features': t.optional(t.array(t.string())),
  variant: t.optional(t.string()),
});
export type OCIPlatform = t.Static<typeof OCIPlatform>;

export const OCIDescriptor = t.object({
  mediaType: t.string(),
  digest: t.string(),
  size: t.integer(),
  urls: t.optional(t.array(t.string())),
  annotations: t.optional(t.record(t.string())),
  data: t.optional(t.string()),
  platform: t.optional(OCIPlatform),
  artifactType: t.optional(t.string()),
});
export type OCIDescriptor = t.Static<typeof OCIDescriptor>;

export const DriverData = t.object({ Name: t.string(), Data: t.record(t.string()) });
export type DriverData = t.Static<typeof DriverData>;

export const IDResponse = t.object({ Id: t.string() });
export type IDResponse = t.Static<typeof IDResponse>;

export const ErrorResponse = t.object({ message: t.string('What went wrong') });
export type ErrorResponse = t.Static<typeof ErrorResponse>;
