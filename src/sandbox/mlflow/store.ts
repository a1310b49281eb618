import { DatabaseError } from './database-errors.ts';
import { createPool, type PoolLimits } from './database-pool.ts';
import type { SqlErrorName, Statement } from './database-protocol.ts';
import type { DatabaseAddress, Session } from './database-session.ts';
import { MlflowError } from './errors.ts';
import type { Json } from './json.ts';
import type { TableName, Tables } from './tables.ts';

interface InsertOptions {
  /** A column whose value must be unique among the rows. */
  readonly unique?: string;
}

/** Statements within one transaction. The first one takes the connection, as in a SQLAlchemy session. */
export interface Transaction {
  get<T extends TableName>(table: T, key: string): Promise<Tables[T] | null>;
  scan<T extends TableName>(table: T): Promise<readonly Tables[T][]>;
  insert<T extends TableName>(table: T, key: string, row: Tables[T], options?: InsertOptions): Promise<void>;
  update<T extends TableName>(table: T, key: string, row: Tables[T]): Promise<void>;
  delete(table: TableName, key: string): Promise<void>;
  /** The next number of a sequence, from 1. */
  next(sequence: string): Promise<number>;
}

/** One of MLflow's two stores (tracking, registry). Each has its own pool to the same database. */
export interface Store {
  /** @throws MlflowError from the work, or one that reports the database's failure. */
  read<R>(work: (transaction: Transaction) => Promise<R>): Promise<R>;
  write<R>(work: (transaction: Transaction) => Promise<R>): Promise<R>;
  /** Creates missing tables, as MLflow does when it starts. */
  initialise(): Promise<void>;
  close(): void;
}

/** The key of a row that several values identify. */
export const keyOf = (...values: readonly (string | number)[]): string => JSON.stringify(values);

/** SQLAlchemy sends some inserts only with the next query, and its error says so. */
export const sentLate = <R>(work: Promise<R>): Promise<R> =>
  work.catch((error: unknown) => {
    throw error instanceof DatabaseError ? error.flushed() : error;
  });

export const isSqlError = (error: unknown, kind: SqlErrorName): error is DatabaseError =>
  error instanceof DatabaseError && error.kind === kind;

export const createStore = (address: DatabaseAddress, limits: PoolLimits): Store => {
  const pool = createPool(address, limits);

  const transact = async <R>(write: boolean, work: (transaction: Transaction) => Promise<R>): Promise<R> => {
    let session: Session | null = null;
    const run = async (statement: Statement): Promise<Json> => {
      if (session === null) {
        session = await pool.take();
        await session.run({ op: 'begin', write });
      }
      return session.run(statement);
    };
    const finish = async (op: 'commit' | 'rollback'): Promise<void> => {
      const used = session;
      session = null;
      if (used === null) return;
      await used.run({ op }).then(
        () => pool.give(used),
        (error: unknown) => {
          pool.discard(used);
          if (op === 'commit') throw error;
        },
      );
    };
    try {
      const result = await work(statements(run));
      await finish('commit');
      return result;
    } catch (error) {
      await finish('rollback');
      if (error instanceof MlflowError) throw error;
      throw error instanceof DatabaseError ? error.answer() : new MlflowError('INTERNAL_ERROR', String(error));
    }
  };

  return {
    read: (work) => transact(false, work),
    write: (work) => transact(true, work),
    initialise: async () => {
      const session = await pool.take();
      await session.run({ op: 'create-tables' }).finally(() => pool.give(session));
    },
    close: pool.close,
  };
};

/** Rows come back as they were written, so a row stored as `Tables[T]` has that type again. */
const statements = (run: (statement: Statement) => Promise<Json>): Transaction => ({
  get: async <T extends TableName>(table: T, key: string) =>
    (await run({ op: 'get', table, key })) as unknown as Tables[T] | null,
  scan: async <T extends TableName>(table: T) => (await run({ op: 'scan', table })) as unknown as readonly Tables[T][],
  insert: async (table, key, row, { unique } = {}) =>
    void (await run({ op: 'insert', table, key, row, ...(unique === undefined ? {} : { unique }) })),
  update: async (table, key, row) => void (await run({ op: 'update', table, key, row })),
  delete: async (table, key) => void (await run({ op: 'delete', table, key })),
  next: async (sequence) => (await run({ op: 'next', sequence })) as number,
});
