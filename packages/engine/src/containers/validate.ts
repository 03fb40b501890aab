import { isIP } from 'node:net';
import { SelkieError } from '@selkie/contract';
import type { ContainerDefinition, ResourcesDefinition } from './definition.ts';
import { refuseNul } from './nul.ts';
import { exposedMapping } from './ports.ts';

const MINIMUM_MEMORY = 6 * 1024 * 1024;

/** What no container can be, whoever asks: combinations and ranges, with both members named. @throws SelkieError INVALID_PARAMETER */
export function validateDefinition(definition: ContainerDefinition): void {
  if ((definition.image === undefined) === (definition.rootfs === undefined))
    refuse('exactly one of image and rootfs is needed');
  if (definition.rootfs !== undefined && !definition.rootfs.startsWith('/')) refuse('rootfs must be an absolute path');
  const { workdir } = definition.process;
  if (workdir && !workdir.startsWith('/')) {
    refuse(`the working directory '${workdir}' is invalid, it needs to be an absolute path`);
  }
  const { policy, maximumRetries } = definition.restart;
  if (maximumRetries < 0) refuse('maximum retry count cannot be negative');
  if (maximumRetries > 0 && policy !== 'on-failure') {
    refuse(`invalid restart policy: maximum retry count can only be used with 'on-failure', not '${policy}'`);
  }
  validateHostname(definition);
  validateNetwork(definition);
  validateResources(definition.resources);
  validateHosts(definition);
  for (const entry of definition.process.env) {
    if (entry.startsWith('=')) refuse(`invalid environment variable: ${entry}`);
  }
  // Labels and annotations stay data; everything else ends up where a string ends at its first NUL.
  const { labels: _labels, annotations: _annotations, ...used } = definition;
  refuseNul(used);
}

/** These become lines of the container's hosts and resolv.conf. */
function validateHosts({ hosts }: ContainerDefinition): void {
  for (const address of hosts.dns) {
    if (isIP(address) === 0) refuse(`dns server '${address}' is not an IP address`);
  }
  for (const word of [...hosts.dnsSearch, ...hosts.dnsOptions]) {
    if (/\s/.test(word)) refuse(`dns search domains and options have no white space: ${JSON.stringify(word)}`);
  }
  for (const entry of hosts.extraHosts) {
    if (!/^[^:=\s]+[:=]\S+$/.test(entry)) refuse(`bad format for add-host: ${JSON.stringify(entry)}`);
  }
}

function validateHostname({ hostname, namespaces, network }: ContainerDefinition): void {
  if (!hostname) return;
  if (hostname.length > 64 || !/^[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?$/.test(hostname)) {
    refuse(`invalid hostname format: ${hostname}`);
  }
  if (namespaces.uts.kind === 'host') refuse('conflicting options: hostname and the UTS mode');
  if (network.mode.kind === 'container') refuse('conflicting options: hostname and the network mode');
}

function validateNetwork({ network }: ContainerDefinition): void {
  const shared = network.mode.kind === 'container';
  if (shared && (network.ports.length > 0 || network.publishAll)) {
    refuse('conflicting options: port publishing and the container type network mode');
  }
  for (const port of network.ports) {
    const last = port.containerPort + port.range - 1;
    if (port.containerPort < 1 || last > 65535 || port.range < 1)
      refuse(`invalid container port: ${port.containerPort}`);
    if (port.hostPort !== undefined && (port.hostPort < 1 || port.hostPort + port.range - 1 > 65535)) {
      refuse(`invalid host port: ${port.hostPort}`);
    }
    if (port.hostIp !== undefined && isIP(port.hostIp) === 0) refuse(`invalid host address: ${port.hostIp}`);
  }
  for (const exposed of network.exposed) exposedMapping(exposed);
  for (const [name, endpoint] of Object.entries(network.endpoints)) {
    if (endpoint.ipv4 !== undefined && isIP(endpoint.ipv4) !== 4)
      refuse(`invalid IPv4 address on network ${name}: ${endpoint.ipv4}`);
    if (endpoint.ipv6 !== undefined && isIP(endpoint.ipv6) !== 6)
      refuse(`invalid IPv6 address on network ${name}: ${endpoint.ipv6}`);
    if (endpoint.mac !== undefined && !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(endpoint.mac)) {
      refuse(`invalid MAC address on network ${name}: ${endpoint.mac}`);
    }
  }
}

function validateResources(resources: ResourcesDefinition): void {
  const { memory, memorySwap, memoryReservation, cpuQuota, cpuPeriod, nanoCpus } = resources;
  if (memory !== undefined && memory < MINIMUM_MEMORY) refuse('Minimum memory limit allowed is 6MB');
  if (memorySwap !== undefined && memorySwap > 0) {
    if (memory === undefined) refuse('You should always set the Memory limit when using Memoryswap limit');
    else if (memorySwap < memory) refuse('Minimum memoryswap limit should be larger than memory limit');
  }
  if (memory !== undefined && memoryReservation !== undefined && memoryReservation > memory) {
    refuse('Minimum memory limit can not be less than memory reservation limit');
  }
  if (nanoCpus !== undefined && (cpuQuota !== undefined || cpuPeriod !== undefined)) {
    refuse('Conflicting options: Nano CPUs and CPU Period or Quota cannot both be set');
  }
  if (cpuPeriod !== undefined && (cpuPeriod < 1000 || cpuPeriod > 1_000_000)) {
    refuse('CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)');
  }
  if (cpuQuota !== undefined && cpuQuota > 0 && cpuQuota < 1000)
    refuse('CPU cfs quota can not be less than 1ms (i.e. 1000)');
  for (const { name, soft, hard } of resources.ulimits) {
    if (hard >= 0 && (soft < 0 || soft > hard)) {
      refuse(`ulimit ${name}: soft limit must be less than or equal to hard limit: ${soft} > ${hard}`);
    }
  }
}

function refuse(reason: string): never {
  throw new SelkieError('INVALID_PARAMETER', { reason });
}
