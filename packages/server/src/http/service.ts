import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Operation, SelkieError } from '@selkie/contract';
import { Activity } from './activity.ts';
import { readBody, requireJson } from './body.ts';
import { type AllowedOrigins, guardAgainstPages } from './browser.ts';
import { type Connection, describeConnection } from './connection.ts';
import { toSelkieError } from './errors.ts';
import { beginExchange, type Exchange } from './exchange.ts';
import type { Route, Undecoded } from './handler.ts';
import { errorFields, type Log } from './log.ts';
import { empty, type Reply } from './reply.ts';
import { errorReply, isWhole, respond, writeWhole } from './respond.ts';
import { type Match, Router } from './router.ts';
import { readTakenBody } from './taken-body.ts';
import { isTaken, takeOver, untap } from './takeover.ts';
import { parseTarget } from './target.ts';
import { endGently, noticeLeaving, runUpgrade } from './upgrade.ts';
import { requireHandshake, runWebSocket } from './websocket.ts';

/** Decides whether a connection may call an operation. @throws SelkieError FORBIDDEN, UNAUTHORIZED */
export type Permit = (operation: Operation, connection: Connection) => void | Promise<void>;

export interface ServiceOptions<E> {
  readonly engine: E;
  readonly routes: readonly Route<E>[];
  /** Rows of the table; those no route serves are answered with 501. */
  readonly operations?: readonly Operation[];
  readonly log: Log;
  readonly permit?: Permit;
  /** Web origins whose pages may call the service. */
  readonly origins?: readonly string[];
}

/** Both dialects over one engine, on whatever HTTP servers are given to it. */
export class Service<E> {
  readonly activity = new Activity();
  readonly #options: ServiceOptions<E>;
  readonly #router: Router<E>;
  readonly #origins: AllowedOrigins;
  readonly #permit: Permit;
  readonly #taken = new Set<Socket>();

  constructor(options: ServiceOptions<E>) {
    this.#options = options;
    this.#router = new Router(options.routes, options.operations);
    this.#origins = new Set(options.origins);
    this.#permit = options.permit ?? (() => {});
  }

  /** True for requests whose connection turns into something else, so that the HTTP server lets go of it. */
  readonly upgrades = (request: IncomingMessage): boolean => {
    const stream = this.#match(request)?.operation.stream;
    return stream === 'upgrade' || stream === 'websocket';
  };

  /** Serves what `server` accepts. `listener` is the URI it goes by. */
  serve(server: Server, listener: string): void {
    server.on('request', (request, response) => {
      // The parser may still make requests of what follows one that took the connection over: that is its stream.
      if (isTaken(request.socket)) return;
      const upgrades = this.upgrades(request);
      // Sent before an earlier answer was out: the two would be written over each other.
      if (upgrades && response.socket === null) return void request.socket.destroy();
      const exchange = this.#begin(request, listener);
      if (upgrades) {
        const { socket, head } = takeOver(request, response);
        void this.#converse(exchange, socket, head);
      } else {
        void this.#answer(exchange, response);
      }
    });
    server.on('upgrade', (request, socket: Socket, head) => {
      untap(socket);
      if (this.activity.on(socket)) return void socket.destroy();
      void this.#converse(this.#begin(request, listener), socket, head);
    });
    server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
      if (isTaken(socket)) return;
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
      const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    });
  }

  /** Cuts the connections the HTTP servers no longer know of. */
  destroyTaken(): void {
    for (const socket of this.#taken) socket.destroy();
  }

  #begin(request: IncomingMessage, listener: string): Exchange {
    const exchange = beginExchange(request, describeConnection(request.socket, listener), this.#origins);
    this.activity.add(exchange);
    return exchange;
  }

  /** An ordinary request. */
  async #answer(exchange: Exchange, response: ServerResponse): Promise<void> {
    const { request } = exchange;
    response.once('close', () => {
      if (!response.writableFinished) exchange.gone.abort();
    });
    let failure: unknown;
    try {
      const reply = await this.#dispatch(exchange, request, () => readBody(request));
      await respond(response, reply, exchange);
    } catch (error) {
      failure = error;
      if (!response.headersSent && !response.destroyed)
        await respond(response, this.#failed(error, exchange), exchange);
    }
    this.#end(exchange, response.statusCode, failure);
  }

  /** A request whose connection has become the handler's own. */
  async #converse(exchange: Exchange, socket: Socket, head: Buffer): Promise<void> {
    const { request } = exchange;
    socket.on('error', () => {});
    this.#taken.add(socket);
    socket.once('close', () => this.#taken.delete(socket));
    const left = () => exchange.gone.abort();
    socket.once('close', left);
    if (exchange.connection.transport === 'unix') noticeLeaving(socket);
    if (head.length > 0) socket.unshift(head);
    let failure: unknown;
    try {
      const reply = await this.#dispatch(exchange, request, () => readTakenBody(request, socket));
      if (reply.kind === 'upgrade') await runUpgrade(socket, reply, exchange);
      else if (reply.kind === 'websocket') await runWebSocket(socket, reply, exchange);
      else if (isWhole(reply)) this.#write(socket, reply, exchange);
      else throw new Error(`a ${reply.kind} reply on a connection that was taken over`);
    } catch (error) {
      failure = error;
      if (exchange.status === undefined) this.#write(socket, this.#failed(error, exchange), exchange);
    }
    socket.off('close', left);
    endGently(socket);
    this.#end(exchange, exchange.status ?? 0, failure);
  }

  #write(socket: Socket, reply: Reply, exchange: Exchange): void {
    if (!isWhole(reply)) return;
    exchange.status = reply.status;
    if (socket.writable) writeWhole(socket, reply, exchange);
  }

  /** Decodes nothing itself: finds the operation, asks the policy, and lets the row decode for its handler. */
  async #dispatch(exchange: Exchange, upload: Undecoded<E>['upload'], body: () => Promise<string>): Promise<Reply> {
    const { request, connection, target } = exchange;
    guardAgainstPages(request.headers, connection, this.#origins);
    if (request.method === 'OPTIONS') return empty(204);
    const { operation, route, path, query, version } = this.#router.match(request.method ?? 'GET', target);
    exchange.operation = operation;
    await this.#permit(operation, connection);
    if (operation.stream === 'websocket') requireHandshake(request);
    if (route === undefined)
      throw new SelkieError('NOT_IMPLEMENTED', { what: `${operation.method} ${operation.path}` });
    return route.handle({
      path,
      query,
      body: operation.body === undefined ? '' : requireJson(operation, request.headers, await body()),
      headers: request.headers,
      upload,
      version,
      signal: exchange.ending.signal,
      connection,
      engine: this.#options.engine,
    });
  }

  #match(request: IncomingMessage): Match<E> | undefined {
    try {
      return this.#router.match(request.method ?? 'GET', parseTarget(request.url ?? '/'));
    } catch {
      return undefined; // Told to the client when it is answered.
    }
  }

  #failed(error: unknown, exchange: Exchange): Reply {
    return errorReply(toSelkieError(error, exchange), exchange);
  }

  #end(exchange: Exchange, status: number, failure: unknown): void {
    this.activity.delete(exchange);
    const { request, target, reference, operation } = exchange;
    const error = failure === undefined ? undefined : toSelkieError(failure, exchange);
    const bug = error?.status === 500;
    const quiet = error === undefined && (request.method === 'GET' || request.method === 'HEAD');
    this.#options.log(bug ? 'error' : quiet ? 'debug' : 'info', 'request', {
      reference,
      method: request.method,
      // Without the query, which may carry build arguments and other secrets.
      path: target.path,
      version: target.version,
      operation: operation?.operationId,
      status,
      ms: Math.round((performance.now() - exchange.startedAt) * 10) / 10,
      ...(error !== undefined && (bug ? errorFields(error) : { error: error.message })),
    });
  }
}
