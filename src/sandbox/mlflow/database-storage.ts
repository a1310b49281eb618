import type { Answer, Statement } from './database-protocol.ts';
import { createLock } from './gate.ts';
import { isObject, type Json } from './json.ts';
import { type TableName, tableNames } from './tables.ts';

/** One client's view: its own uncommitted writes over the committed data. Writers take turns. */
interface StorageSession {
  execute(statement: Statement): Promise<Answer>;
  /** The client is gone; its uncommitted writes are discarded. */
  end(): void;
}

export interface Storage {
  session(): StorageSession;
  setReadOnly(readOnly: boolean): void;
  revokeDelete(): void;
  setDiskFull(full: boolean): void;
  readFromReplica(replication: Replication): void;
  dropTables(): void;
}

/** The changes that a replica receives: none, or all but updates, as with a publication that leaves them out. */
export type Replication = 'stopped' | 'without-updates';

type Rows = Map<string, Json>;
type Written = Map<TableName, Map<string, Json | null>>;

const verbs = { insert: 'INSERT', update: 'UPDATE', delete: 'DELETE' } as const;
const noSpace: Answer = {
  error: 'DiskFull',
  text: 'could not extend file "base/16384/16502": No space left on device\nHINT:  Check free disk space.',
};
const fine = (value: Json): Answer => ({ value });

export const createTables = (): Storage => {
  let tables = new Map<TableName, Rows>();
  const sequences = new Map<string, number>();
  const writers = createLock();
  let readOnly = false;
  let mayDelete = true;
  let diskFull = false;
  let replica: { readonly tables: Map<TableName, Rows>; readonly replication: Replication } | null = null;

  const replicate = (table: TableName, written: ReadonlyMap<string, Json | null>): void => {
    const rows = replica?.tables.get(table);
    if (rows === undefined || replica?.replication === 'stopped') return;
    for (const [key, row] of written) {
      if (row === null) rows.delete(key);
      else if (!rows.has(key)) rows.set(key, row);
    }
  };

  const merged = (rows: Rows, changes: Written, table: TableName): Rows => {
    const all = new Map(rows);
    for (const [key, row] of changes.get(table) ?? []) {
      if (row === null) all.delete(key);
      else all.set(key, row);
    }
    return all;
  };

  const session = (): StorageSession => {
    let written: Written = new Map();
    let writes = false;
    let release = (): void => {};
    let ended = false;

    const finish = (): Answer => {
      written = new Map();
      release();
      return fine(null);
    };

    const commit = (): Answer => {
      for (const [table, changes] of written) {
        const rows = tables.get(table);
        if (rows !== undefined) tables.set(table, merged(rows, written, table));
        replicate(table, changes);
      }
      return finish();
    };

    const access = (statement: Extract<Statement, { readonly table: TableName }>): Answer => {
      const { op, table } = statement;
      const rows = (writes ? tables : (replica?.tables ?? tables)).get(table);
      if (rows === undefined) return { error: 'UndefinedTable', text: `relation "${table}" does not exist` };
      const visible = merged(rows, written, table);
      if (op === 'get') return fine(visible.get(statement.key) ?? null);
      if (op === 'scan') return fine([...visible.values()]);
      if (readOnly) {
        return { error: 'ReadOnlySqlTransaction', text: `cannot execute ${verbs[op]} in a read-only transaction` };
      }
      if (op === 'delete' && !mayDelete)
        return { error: 'InsufficientPrivilege', text: `permission denied for table ${table}` };
      if (diskFull && op !== 'delete') return noSpace;
      if (op === 'insert') {
        const taken = violation(visible, statement);
        if (taken !== null) return taken;
      }
      const changes = written.get(table) ?? new Map<string, Json | null>();
      written.set(table, changes.set(statement.key, op === 'delete' ? null : statement.row));
      return fine(null);
    };

    const execute = async (statement: Statement): Promise<Answer> => {
      switch (statement.op) {
        case 'begin':
          writes = statement.write;
          if (writes) release = await writers.take();
          if (ended) release();
          return fine(null);
        case 'commit':
          return commit();
        case 'rollback':
          return finish();
        case 'ping':
          return fine(null);
        case 'create-tables':
          for (const name of tableNames) if (!tables.has(name)) tables.set(name, new Map());
          return fine(null);
        case 'next': {
          // A rollback does not undo it, as in PostgreSQL.
          const value = (sequences.get(statement.sequence) ?? 0) + 1;
          sequences.set(statement.sequence, value);
          return fine(value);
        }
        default:
          return access(statement);
      }
    };

    return {
      execute,
      end: () => {
        ended = true;
        finish();
      },
    };
  };

  return {
    session,
    setReadOnly: (value) => {
      readOnly = value;
    },
    revokeDelete: () => {
      mayDelete = false;
    },
    setDiskFull: (full) => {
      diskFull = full;
    },
    readFromReplica: (replication) => {
      replica = { replication, tables: new Map([...tables].map(([name, rows]) => [name, new Map(rows)])) };
    },
    dropTables: () => {
      tables = new Map();
    },
  };
};

const violation = (rows: Rows, statement: Extract<Statement, { readonly op: 'insert' }>): Answer | null => {
  const { table, key, row, unique } = statement;
  const duplicate = (constraint: string, column: string, value: Json | undefined): Answer => ({
    error: 'UniqueViolation',
    text: `duplicate key value violates unique constraint "${table}_${constraint}"\nDETAIL:  Key (${column})=(${value}) already exists.`,
  });
  if (rows.has(key)) return duplicate('pkey', 'id', key);
  if (unique === undefined || !isObject(row)) return null;
  const value = row[unique];
  const taken = [...rows.values()].some((other) => isObject(other) && other[unique] === value);
  return taken ? duplicate(`${unique}_key`, unique, value) : null;
};
