import { type Method, type Operation, operation, type StreamKind } from '@selkie/contract';

/** A row that says no more than a test needs. */
export function row(method: Method, path: string, extra: Partial<Operation> & { stream?: StreamKind } = {}): Operation {
  return operation({
    group: path.startsWith('/libpod/') ? 'libpod' : 'docker',
    area: 'test',
    method,
    path,
    operationId: `${method} ${path}`,
    summary: 'A test',
    responses: {},
    stream: 'json',
    permission: 'test:read',
    ...extra,
  });
}
