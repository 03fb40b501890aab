import * as t from '../../schema.ts';
import { DriverData, OCIDescriptor, OCIPlatform } from './common.ts';
import { HealthConfig } from './container-config.ts';

export const SignatureTimestampType = t.choice(['Tlog', 'TimestampAuthority']);
export type SignatureTimestampType = t.Static<typeof SignatureTimestampType>;

export const SignatureTimestamp = t.object({
  Type: t.optional(SignatureTimestampType),
  URI: t.optional(t.string()),
  Timestamp: t.optional(t.string()),
});
export type SignatureTimestamp = t.Static<typeof SignatureTimestamp>;

export const KnownSignerIdentity = t.choice(['DHI']);
export type KnownSignerIdentity = t.Static<typeof KnownSignerIdentity>;

export const SignerIdentity = t.object({
  CertificateIssuer: t.optional(t.string()),
  SubjectAlternativeName: t.optional(t.string()),
  Issuer: t.optional(t.string()),
  BuildSignerURI: t.optional(t.string()),
  BuildSignerDigest: t.optional(t.string()),
  RunnerEnvironment: t.optional(t.string()),
  SourceRepositoryURI: t.optional(t.string()),
  SourceRepositoryDigest: t.optional(t.string()),
  SourceRepositoryRef: t.optional(t.string()),
  SourceRepositoryIdentifier: t.optional(t.string()),
  SourceRepositoryOwnerURI: t.optional(t.string()),
  SourceRepositoryOwnerIdentifier: t.optional(t.string()),
  BuildConfigURI: t.optional(t.string()),
  BuildConfigDigest: t.optional(t.string()),
  BuildTrigger: t.optional(t.string()),
  RunInvocationURI: t.optional(t.string()),
  SourceRepositoryVisibilityAtSigning: t.optional(t.string()),
});
export type SignerIdentity = t.Static<typeof SignerIdentity>;

export const SignatureType = t.choice(['bundle-v0.3', 'simplesigning-v1']);
export type SignatureType = t.Static<typeof SignatureType>;

export const SignatureIdentity = t.object({
  Name: t.optional(t.string()),
  Timestamps: t.optional(t.nullable(t.array(SignatureTimestamp))),
  KnownSigner: t.optional(KnownSignerIdentity),
  DockerReference: t.optional(t.string()),
  Signer: t.optional(SignerIdentity),
  SignatureType: t.optional(SignatureType),
  Error: t.optional(t.string()),
  Warnings: t.optional(t.nullable(t.array(t.string()))),
});
export type SignatureIdentity = t.Static<typeof SignatureIdentity>;

export const PullIdentity = t.object({ Repository: t.string() });
export type PullIdentity = t.Static<typeof PullIdentity>;

export const BuildIdentity = t.object({ Ref: t.optional(t.string()), CreatedAt: t.optional(t.string()) });
export type BuildIdentity = t.Static<typeof BuildIdentity>;

export const Identity = t.object({
  Signature: t.optional(t.nullable(t.array(SignatureIdentity))),
  Pull: t.optional(t.nullable(t.array(PullIdentity))),
  Build: t.optional(t.nullable(t.array(BuildIdentity))),
});
export type Identity = t.Static<typeof Identity>;

export const ImageManifestSummary = t.object({
  ID: t.string(),
  Descriptor: OCIDescriptor,
  Available: t.boolean(),
  Size: t.object({ Total: t.integer(), Content: t.integer() }),
  Kind: t.choice(['image', 'attestation', 'unknown']),
  ImageData: t.optional(
    t.object({
      Platform: t.nullable(OCIPlatform),
      Identity: t.optional(Identity),
      Containers: t.array(t.string()),
      Size: t.object({ Unpacked: t.integer() }),
    }),
  ),
  AttestationData: t.optional(t.object({ For: t.string() })),
});
export type ImageManifestSummary = t.Static<typeof ImageManifestSummary>;

export const ImageConfig = t.object({
  User: t.optional(t.string()),
  ExposedPorts: t.optional(t.nullable(t.record(t.object({})))),
  Env: t.optional(t.nullable(t.array(t.string()))),
  Cmd: t.optional(t.nullable(t.array(t.string()))),
  Healthcheck: t.optional(HealthConfig),
  ArgsEscaped: t.optional(t.boolean()),
  Volumes: t.optional(t.nullable(t.record(t.object({})))),
  WorkingDir: t.optional(t.string()),
  Entrypoint: t.optional(t.nullable(t.array(t.string()))),
  OnBuild: t.optional(t.nullable(t.array(t.string()))),
  Labels: t.optional(t.nullable(t.record(t.string()))),
  StopSignal: t.optional(t.string()),
  Shell: t.optional(t.nullable(t.array(t.string()))),
  Hostname: t.optional(t.string()),
  Domainname: t.optional(t.string()),
  Image: t.optional(t.string()),
  AttachStdin: t.optional(t.boolean()),
  AttachStdout: t.optional(t.boolean()),
  AttachStderr: t.optional(t.boolean()),
  Tty: t.optional(t.boolean()),
  OpenStdin: t.optional(t.boolean()),
  StdinOnce: t.optional(t.boolean()),
  NetworkDisabled: t.optional(t.boolean()),
});
export type ImageConfig = t.Static<typeof ImageConfig>;

export const ImageInspect = t.object({
  Id: t.string(),
  Descriptor: t.optional(OCIDescriptor),
  Manifests: t.optional(t.array(ImageManifestSummary)),
  Identity: t.optional(Identity),
  RepoTags: t.array(t.string()),
  RepoDigests: t.array(t.string()),
  Comment: t.optional(t.string()),
  Created: t.string(),
  Author: t.optional(t.string()),
  Config: t.optional(ImageConfig),
  Architecture: t.string(),
  Variant: t.optional(t.string()),
  Os: t.string(),
  OsVersion: t.optional(t.string()),
  Size: t.integer(),
  GraphDriver: t.optional(DriverData),
  RootFS: t.object({ Type: t.string(), Layers: t.array(t.string()) }),
  Metadata: t.object({ LastTagTime: t.string() }),
  VirtualSize: t.optional(t.integer()),
  Parent: t.optional(t.string()),
  DockerVersion: t.optional(t.string()),
});
export type ImageInspect = t.Static<typeof ImageInspect>;
