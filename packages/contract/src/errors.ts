/**
 * The one table of errors. The engine throws them by code; each dialect words the message and the status from the row.
 * `{name}` in a template is filled from the error's details. `libpod` and `cause` default to `docker`.
 */
interface ErrorRow {
  readonly status: number;
  readonly docker: string;
  readonly libpod?: string;
  /** What podman's clients find in `cause`: its innermost error text. */
  readonly cause?: string;
}

export const ERRORS = {
  INVALID_PARAMETER: { status: 400, docker: '{reason}' },
  MALFORMED_BODY: { status: 400, docker: 'invalid JSON: {reason}' },
  INVALID_FILTER: { status: 400, docker: "invalid filter '{filter}'", libpod: '{filter} is an invalid filter' },
  UNSUPPORTED: { status: 400, docker: '{what} is not supported: {reason}' },
  VERSION_TOO_NEW: {
    status: 400,
    docker: 'client version {version} is too new. Maximum supported API version is {max}',
  },
  VERSION_TOO_OLD: {
    status: 400,
    docker:
      'client version {version} is too old. Minimum supported API version is {min}, please upgrade your client to a newer version',
  },
  UNAUTHORIZED: { status: 401, docker: '{reason}' },
  FORBIDDEN: { status: 403, docker: '{reason}' },
  PAGE_NOT_FOUND: { status: 404, docker: 'page not found' },
  METHOD_NOT_ALLOWED: { status: 405, docker: 'method not allowed: {allowed}' },
  BODY_TOO_LARGE: { status: 413, docker: 'the request body is larger than {limit} bytes' },
  NO_SUCH_CONTAINER: {
    status: 404,
    docker: 'No such container: {name}',
    libpod: 'no container with name or ID "{name}" found: no such container',
    cause: 'no such container',
  },
  NO_SUCH_EXEC: {
    status: 404,
    docker: 'No such exec instance: {id}',
    libpod: 'no exec session with ID {id} found: no such exec session',
    cause: 'no such exec session',
  },
  NO_SUCH_IMAGE: {
    status: 404,
    docker: 'No such image: {name}',
    libpod: '{name}: image not known',
    cause: 'image not known',
  },
  NO_SUCH_NETWORK: {
    status: 404,
    docker: 'network {name} not found',
    libpod: 'unable to find network with name or ID {name}: network not found',
    cause: 'network not found',
  },
  NO_SUCH_VOLUME: {
    status: 404,
    docker: 'get {name}: no such volume',
    libpod: 'no volume with name "{name}" found: no such volume',
    cause: 'no such volume',
  },
  NO_SUCH_POD: {
    status: 404,
    docker: 'no such pod: {name}',
    libpod: 'no pod with name or ID {name} found: no such pod',
    cause: 'no such pod',
  },
  NO_SUCH_FILE: {
    status: 404,
    docker: 'Could not find the file {path} in container {container}',
    libpod: 'no such file or directory',
    cause: 'no such file or directory',
  },
  NO_SUCH_USER: { status: 400, docker: 'unable to find user {user}: no matching entries in passwd file' },
  NO_SUCH_GROUP: { status: 400, docker: 'unable to find group {group}: no matching entries in group file' },
  COMMAND_NOT_FOUND: { status: 400, docker: '{reason}', cause: 'command not found' },
  COMMAND_NOT_EXECUTABLE: { status: 400, docker: '{reason}', cause: 'permission denied' },
  AMBIGUOUS_ID: {
    status: 400,
    docker: 'Multiple IDs found with provided prefix: {prefix}',
    libpod: 'more than one result for ID or name {prefix}',
  },
  NOT_MODIFIED: { status: 304, docker: 'not modified' },
  NAME_IN_USE: {
    status: 409,
    docker:
      'Conflict. The container name "/{name}" is already in use by container "{id}". You have to remove (or rename) that container to be able to reuse that name.',
    libpod:
      'creating container storage: the container name "{name}" is already in use by {id}. You have to remove that container to be able to reuse that name: that name is already in use',
    cause: 'that name is already in use',
  },
  CONTAINER_RUNNING: {
    status: 409,
    docker:
      'cannot remove container "/{name}": container is running: stop the container before removing or force remove',
    libpod:
      'cannot remove container {id} as it is running - running or paused containers cannot be removed without force: container state improper',
    cause: 'container state improper',
  },
  CONTAINER_NOT_RUNNING: {
    status: 409,
    docker: 'container {id} is not running',
    libpod: 'container {id} is not running: container state improper',
    cause: 'container state improper',
  },
  CONTAINER_PAUSED: {
    status: 409,
    docker: 'Container {id} is paused, unpause the container before {verb}',
    libpod: 'container {id} is paused, unpause it before {verb}: container state improper',
    cause: 'container state improper',
  },
  CONTAINER_STATE: {
    status: 409,
    docker: '{reason}',
    libpod: '{reason}: container state improper',
    cause: 'container state improper',
  },
  IMAGE_IN_USE: {
    status: 409,
    docker: 'conflict: {reason}',
    libpod: '{reason}: image is in use by a container',
    cause: 'image is in use by a container',
  },
  VOLUME_IN_USE: {
    status: 409,
    docker: 'remove {name}: volume is in use - [{containers}]',
    libpod: 'volume {name} is being used by the following container(s): {containers}: volume is being used',
    cause: 'volume is being used',
  },
  VOLUME_EXISTS: {
    status: 409,
    docker: 'volume with name {name} already exists',
    libpod: 'volume with name {name} already exists: volume already exists',
    cause: 'volume already exists',
  },
  NETWORK_IN_USE: {
    status: 403,
    docker: 'error while removing network: network {name} has active endpoints',
    libpod:
      '"{name}" has associated containers with it. Use -f to forcibly delete containers and pods: network is being used',
    cause: 'network is being used',
  },
  NETWORK_EXISTS: {
    status: 409,
    docker: 'network with name {name} already exists',
    libpod: 'network name {name} already used: network already exists',
    cause: 'network already exists',
  },
  NETWORK_CONNECTED: {
    status: 403,
    docker: 'endpoint with name {container} already exists in network {network}',
    libpod: 'container {container} is already connected to network "{network}": network is already connected',
    cause: 'network is already connected',
  },
  NETWORK_NOT_CONNECTED: {
    status: 404,
    docker: 'container {container} is not connected to network {network}',
    libpod: 'container {container} is not connected to network {network}: network is not connected',
    cause: 'network is not connected',
  },
  NETWORK_PREDEFINED: { status: 403, docker: '{name} is a pre-defined network and cannot be removed' },
  ADDRESS_IN_USE: { status: 409, docker: 'Address already in use: {address}' },
  PORT_IN_USE: {
    status: 409,
    docker: 'driver failed programming external connectivity: Bind for {address} failed: port is already allocated',
  },
  SUBNET_OVERLAP: { status: 403, docker: 'Pool overlaps with other one on this address space: {subnet}' },
  POOL_EXHAUSTED: { status: 409, docker: '{reason}' },
  CONFLICT: { status: 409, docker: '{reason}' },
  GONE: { status: 410, docker: '{reason}' },
  PULL_DENIED: {
    status: 404,
    docker: "pull access denied for {name}, repository does not exist or may require 'docker login': {reason}",
    libpod: 'initializing source docker://{name}: {reason}',
  },
  MANIFEST_UNKNOWN: {
    status: 404,
    docker: 'manifest for {name} not found: manifest unknown: manifest unknown',
    libpod: 'initializing source docker://{name}: manifest unknown',
    cause: 'manifest unknown',
  },
  NO_MATCHING_PLATFORM: { status: 404, docker: '{reason}' },
  REGISTRY: { status: 500, docker: '{reason}' },
  REGISTRY_UNAUTHORIZED: { status: 401, docker: '{reason}' },
  DIGEST_MISMATCH: {
    status: 500,
    docker: 'content of {name} does not match its digest: got {actual}, want {expected}',
  },
  BAD_LAYER: { status: 500, docker: 'layer {digest} is not acceptable: {reason}' },
  RUNTIME: { status: 500, docker: '{reason}' },
  HOST: { status: 500, docker: '{reason}' },
  ROOT_LOCKED: { status: 500, docker: 'another service is using the state root {root}' },
  CANCELLED: { status: 499, docker: 'the client closed the request' },
  STOPPING: { status: 503, docker: 'the service is stopping' },
  NOT_IMPLEMENTED: { status: 501, docker: '{what} is not implemented' },
  NO_SWARM: {
    status: 503,
    docker:
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  },
  INTERNAL: { status: 500, docker: '{reason}' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

type Placeholders<T extends string> = T extends `${string}{${infer P}}${infer Rest}` ? P | Placeholders<Rest> : never;
type Texts<R> = { [K in 'docker' | 'libpod']: K extends keyof R ? (R[K] extends string ? R[K] : never) : never };
export type ErrorDetails<C extends ErrorCode> = {
  readonly [P in Placeholders<Texts<(typeof ERRORS)[C]>['docker' | 'libpod']>]: string;
};

function fill(template: string, details: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => details[key] ?? '');
}

/** The only error the engine, the contract and the server throw on purpose; everything else is a bug and becomes INTERNAL. */
export class SelkieError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly details: Readonly<Record<string, string>>;

  constructor(code: C, details: ErrorDetails<C>, options?: { cause?: unknown }) {
    super(fill(ERRORS[code].docker, details), options);
    this.name = 'SelkieError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  /** The message in one dialect's words. */
  messageFor(group: Group): string {
    const row: ErrorRow = ERRORS[this.code];
    return fill(group === 'libpod' ? (row.libpod ?? row.docker) : row.docker, this.details);
  }

  /** Podman's `cause` field: the innermost text. */
  get causeText(): string {
    const row: ErrorRow = ERRORS[this.code];
    return row.cause ?? this.messageFor('libpod');
  }
}

export type Group = 'docker' | 'libpod';

/** True for an error of the table, optionally of one code. */
export function isSelkieError<C extends ErrorCode>(error: unknown, code?: C): error is SelkieError<C> {
  return error instanceof SelkieError && (code === undefined || error.code === code);
}
