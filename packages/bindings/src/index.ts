export { type Client, type ConnectOptions, connect } from './client.ts';
export { ApiError, ConnectionError } from './errors.ts';
export type * from './generated/methods.ts';
export { NEWEST_VERSION } from './generated/rows.ts';
export type { TlsOptions } from './http/transport.ts';
export type { Query, Request, Result, Upload } from './request-types.ts';
export type { Connection } from './streams/connection.ts';
export type { Frame } from './streams/frames.ts';
