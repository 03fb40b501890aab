import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Collection, StateStore } from '../../ports/state-store.ts';

/**
 * Documents as JSON text in one SQLite table. WAL with synchronous=NORMAL: a returned write survives kill -9 of the service,
 * a power cut may lose the last moments but never consistency.
 */
export class SqliteStateStore implements StateStore {
  readonly #db: DatabaseSync;
  #depth = 0;

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    this.#db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA busy_timeout = 2000;
      CREATE TABLE IF NOT EXISTS documents (
        collection TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (collection, key)
      ) WITHOUT ROWID;
    `);
  }

  /** The connection, for adapters that keep tables of their own in the same file. */
  get database(): DatabaseSync {
    return this.#db;
  }

  collection<T>(name: string): Collection<T> {
    return new SqliteCollection<T>(this.#db, name);
  }

  transaction<R>(work: () => R): R {
    if (this.#depth > 0) return work();
    this.#db.exec('BEGIN IMMEDIATE');
    this.#depth++;
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // Of a full disk SQLite has undone it already, and would complain of that instead.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    } finally {
      this.#depth--;
    }
  }

  close(): void {
    this.#db.close();
  }
}

/** Its own rows are the only writer's, so what JSON.parse gives back has the type that was put. */
class SqliteCollection<T> implements Collection<T> {
  readonly #name: string;
  readonly #get: StatementSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #all: StatementSync;

  constructor(db: DatabaseSync, name: string) {
    this.#name = name;
    this.#get = db.prepare('SELECT body FROM documents WHERE collection = ? AND key = ?');
    this.#put = db.prepare('INSERT OR REPLACE INTO documents (collection, key, body) VALUES (?, ?, ?)');
    this.#delete = db.prepare('DELETE FROM documents WHERE collection = ? AND key = ?');
    this.#all = db.prepare('SELECT key, body FROM documents WHERE collection = ? ORDER BY key');
  }

  get(key: string): T | undefined {
    const row = this.#get.get(this.#name, key);
    return row === undefined ? undefined : parse<T>(row.body);
  }

  put(key: string, value: T): void {
    this.#put.run(this.#name, key, JSON.stringify(value));
  }

  delete(key: string): void {
    this.#delete.run(this.#name, key);
  }

  entries(): [string, T][] {
    return this.#all.all(this.#name).map((row) => [String(row.key), parse<T>(row.body)]);
  }
}

function parse<T>(body: unknown): T {
  return JSON.parse(String(body));
}
