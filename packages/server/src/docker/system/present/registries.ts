import type { IndexInfo, RegistryServiceConfig } from '@selkie/contract/docker/types/system-info';
import { compareVersions } from '@selkie/contract/versions';
import type { SystemInfo } from '@selkie/engine/system/info';

const HUB = 'docker.io';

/** registries.conf as Docker knows it: by whole registries, with mirrors for Docker Hub alone. */
export function presentRegistries(info: SystemInfo, version: string): RegistryServiceConfig {
  const rules = info.registries.registries;
  const mirrors =
    rules.find(({ prefix }) => prefix === HUB)?.mirrors.map(({ location }) => `https://${location}/`) ?? [];
  const insecure = rules.filter((rule) => rule.insecure && !rule.prefix.includes('/')).map(({ prefix }) => prefix);
  const hosts = new Set([...insecure, ...info.insecureRegistries]);
  const configs = [...hosts].map((host) => [host, index(host, [], false)] as const);
  return {
    ...(compareVersions(version, '1.49') < 0
      ? { AllowNondistributableArtifactsCIDRs: null, AllowNondistributableArtifactsHostnames: null }
      : {}),
    // Nobody sits between the service and its own host.
    InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
    IndexConfigs: {
      [HUB]: index(HUB, mirrors, !hosts.has(HUB)),
      ...Object.fromEntries(configs.filter(([host]) => host !== HUB)),
    },
    Mirrors: mirrors.length > 0 ? mirrors : null,
  };
}

function index(Name: string, Mirrors: string[], Secure: boolean): IndexInfo {
  return { Name, Mirrors, Secure, Official: Name === HUB };
}
