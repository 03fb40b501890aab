import * as t from '../../schema.ts';

export const SecretDriverSpec = t.object({ Name: t.string(), Options: t.record(t.string()) });
export type SecretDriverSpec = t.Static<typeof SecretDriverSpec>;

export const SecretSpec = t.object({
  Driver: SecretDriverSpec,
  Labels: t.nullable(t.record(t.string())),
  Name: t.string(),
});
export type SecretSpec = t.Static<typeof SecretSpec>;

export const SecretInspect = t.object({
  CreatedAt: t.string(),
  ID: t.string(),
  SecretData: t.optional(t.string()),
  Spec: SecretSpec,
  UpdatedAt: t.string(),
});
export type SecretInspect = t.Static<typeof SecretInspect>;
