import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { PlayKubeReport } from './types/kube.ts';

const playOptions = {
  annotations: t.optional(t.json(t.record(t.string()), 'Annotations for the pods')),
  build: t.optional(t.boolean('Build the images that have a directory')),
  logDriver: t.optional(t.string('Log driver')),
  logOptions: t.optional(t.array(t.string(), 'Options of the log driver')),
  network: t.optional(t.array(t.string(), 'Networks')),
  noHostname: t.flag('Leave /etc/hostname alone'),
  noHosts: t.flag('Leave /etc/hosts alone'),
  noPodPrefix: t.flag('Container names without the name of the pod'),
  noTrunc: t.flag('Long annotations as they are'),
  publishPorts: t.optional(t.array(t.string(), 'Ports to publish')),
  publishAllPorts: t.flag('Publish every port'),
  replace: t.flag('Remove what is there first'),
  serviceContainer: t.flag('Start a container that holds the pods'),
  start: t.flag('Start the pods', true),
  staticIPs: t.optional(t.array(t.string(), 'Addresses of the pods')),
  staticMACs: t.optional(t.array(t.string(), 'MAC addresses of the pods')),
  tlsVerify: t.optional(t.boolean("Check the registry's certificate and insist on TLS")),
  userns: t.optional(t.string('User namespace')),
  wait: t.flag('Remove everything once the client leaves'),
};

const generateOptions = {
  names: t.array(t.string(), 'Containers, pods or volumes'),
  service: t.flag('Add a service'),
  type: t.optional(t.string('pod, deployment, daemonset or job')),
  replicas: t.optional(t.integer('Pods of a deployment')),
  noTrunc: t.flag('Long annotations as they are'),
  podmanOnly: t.flag('With what only podman reads'),
};

export const playKube = operation({
  group: 'libpod',
  area: 'kube',
  method: 'POST',
  path: '/libpod/play/kube',
  operationId: 'PlayKubeLibpod',
  summary: 'Run what a Kubernetes YAML describes',
  query: t.object(playOptions),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
    'x-registry-config': t.optional(t.string('Credentials by registry, base64url JSON')),
  }),
  upload: ['application/yaml', 'text/plain', 'application/x-tar'],
  responses: { 200: { description: 'What was made', schema: PlayKubeReport } },
  errors: [409],
  stream: 'json',
  permission: 'kube:write',
});

export const playKubeDown = operation({
  group: 'libpod',
  area: 'kube',
  method: 'DELETE',
  path: '/libpod/play/kube',
  operationId: 'PlayKubeDownLibpod',
  summary: 'Remove what a Kubernetes YAML describes',
  query: t.object({
    force: t.flag('With its volumes'),
  }),
  upload: ['application/yaml', 'text/plain', 'application/x-tar'],
  responses: { 200: { description: 'What was removed', schema: PlayKubeReport } },
  stream: 'json',
  permission: 'kube:write',
});

export const kubePlay = operation({
  group: 'libpod',
  area: 'kube',
  method: 'POST',
  path: '/libpod/kube/play',
  operationId: 'KubePlayLibpod',
  summary: 'Run what a Kubernetes YAML describes',
  query: t.object(playOptions),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
    'x-registry-config': t.optional(t.string('Credentials by registry, base64url JSON')),
  }),
  upload: ['application/yaml', 'text/plain', 'application/x-tar'],
  responses: { 200: { description: 'What was made', schema: PlayKubeReport } },
  errors: [409],
  stream: 'json',
  permission: 'kube:write',
});

export const kubePlayDown = operation({
  group: 'libpod',
  area: 'kube',
  method: 'DELETE',
  path: '/libpod/kube/play',
  operationId: 'KubePlayDownLibpod',
  summary: 'Remove what a Kubernetes YAML describes',
  query: t.object({
    force: t.flag('With its volumes'),
  }),
  upload: ['application/yaml', 'text/plain', 'application/x-tar'],
  responses: { 200: { description: 'What was removed', schema: PlayKubeReport } },
  stream: 'json',
  permission: 'kube:write',
});

export const kubeApply = operation({
  group: 'libpod',
  area: 'kube',
  method: 'POST',
  path: '/libpod/kube/apply',
  operationId: 'KubeApplyLibpod',
  summary: 'Send a Kubernetes YAML to a cluster',
  query: t.object({
    kubeconfig: t.optional(t.string('Path of the kubeconfig on the host')),
    caCertFile: t.optional(t.string('Path of the CA certificate on the host')),
    namespace: t.optional(t.string('Namespace in the cluster')),
  }),
  upload: ['application/yaml', 'text/plain', 'application/x-tar'],
  responses: { 200: { description: 'Sent' } },
  stream: 'text',
  permission: 'kube:admin',
});

export const kubeGenerate = operation({
  group: 'libpod',
  area: 'kube',
  method: 'GET',
  path: '/libpod/kube/generate',
  operationId: 'KubeGenerateLibpod',
  summary: 'Describe containers, pods or volumes as Kubernetes YAML',
  query: t.object(generateOptions),
  responses: { 200: { description: 'The YAML' } },
  errors: [404],
  stream: 'raw',
  permission: 'kube:read',
});

export const generateKube = operation({
  group: 'libpod',
  area: 'generate',
  method: 'GET',
  path: '/libpod/generate/kube',
  operationId: 'GenerateKubeLibpod',
  summary: 'Describe containers, pods or volumes as Kubernetes YAML',
  query: t.object(generateOptions),
  responses: { 200: { description: 'The YAML' } },
  errors: [404],
  stream: 'raw',
  permission: 'kube:read',
});

export const generateSystemd = operation({
  group: 'libpod',
  area: 'generate',
  method: 'GET',
  path: '/libpod/generate/{name:*}/systemd',
  operationId: 'GenerateSystemdLibpod',
  summary: 'Write systemd units for a container or pod',
  query: t.object({
    useName: t.flag('Name instead of ID'),
    new: t.flag('Create the container at every start'),
    noHeader: t.flag('Without the comment at the top'),
    templateUnitFile: t.flag('A template unit'),
    startTimeout: t.optional(t.unsigned('Seconds')),
    stopTimeout: t.optional(t.unsigned('Seconds')),
    restartPolicy: t.optional(t.string('Restart= of the unit')),
    restartSec: t.optional(t.unsigned('Seconds before a restart')),
    containerPrefix: t.optional(t.string('Prefix of container units')),
    podPrefix: t.optional(t.string('Prefix of pod units')),
    separator: t.optional(t.string('Between prefix and name')),
    wants: t.optional(t.array(t.string(), 'Wants= of the unit')),
    after: t.optional(t.array(t.string(), 'After= of the unit')),
    requires: t.optional(t.array(t.string(), 'Requires= of the unit')),
    additionalEnvVariables: t.optional(t.array(t.string(), 'Environment= of the unit')),
  }),
  responses: { 200: { description: 'Units by name', schema: t.record(t.string()) } },
  errors: [404],
  stream: 'json',
  permission: 'kube:read',
});
