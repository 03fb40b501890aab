import * as t from '../../schema.ts';
import { ObjectVersion } from './volumes.ts';

export const Driver = t.partial({ Name: t.string(), Options: t.record(t.string()) });
export type Driver = t.Static<typeof Driver>;

export const SecretSpec = t.partial({
  Name: t.string(),
  Labels: t.record(t.string()),
  Data: t.string(),
  Driver: Driver,
  Templating: Driver,
});
export type SecretSpec = t.Static<typeof SecretSpec>;

export const Secret = t.object({
  ID: t.optional(t.string()),
  Version: t.optional(ObjectVersion),
  CreatedAt: t.optional(t.string()),
  UpdatedAt: t.optional(t.string()),
  Spec: t.optional(SecretSpec),
});
export type Secret = t.Static<typeof Secret>;

export const ConfigSpec = t.partial({
  Name: t.string(),
  Labels: t.record(t.string()),
  Data: t.string(),
  Templating: Driver,
});
export type ConfigSpec = t.Static<typeof ConfigSpec>;

export const Config = t.object({
  ID: t.optional(t.string()),
  Version: t.optional(ObjectVersion),
  CreatedAt: t.optional(t.string()),
  UpdatedAt: t.optional(t.string()),
  Spec: t.optional(ConfigSpec),
});
export type Config = t.Static<typeof Config>;
