import type { SqlErrorName, Statement } from './database-protocol.ts';
import { MlflowError } from './errors.ts';
import { isObject, type JsonObject, repr } from './json.ts';

/**
 * How MLflow's response reports a database failure. SQLAlchemy 2.1 wraps psycopg2's text, the statement with its values
 * and a link. MLflow 3.9.0 turns OperationalError into a 503 and every other SQLAlchemyError into a 400
 * (mlflow/store/db/utils.py, `make_managed_session`). Measured against PostgreSQL 15.
 */

const link = (code: string): string => `(Background on this error at: https://sqlalche.me/e/21/${code})`;
const links: Record<SqlErrorName, string> = {
  ReadOnlySqlTransaction: '2j85',
  UndefinedTable: 'f405',
  UniqueViolation: 'gkpj',
  DiskFull: 'e3q8',
  InsufficientPrivilege: 'f405',
};

const autoflush =
  '(raised as a result of Query-invoked autoflush; consider using a session.no_autoflush block if this flush is occurring prematurely)\n';

/** Errors that SQLAlchemy counts as OperationalError, as psycopg2 does with class 53 (insufficient resources). */
const operational: readonly DatabaseError['kind'][] = ['OperationalError', 'DiskFull'];

/** A database failure before a store turns it into MLflow's response. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly kind: SqlErrorName | 'OperationalError' | 'TimeoutError';

  constructor(kind: DatabaseError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }

  /** The same error for a statement that SQLAlchemy flushed before a query of the handler. */
  flushed(): DatabaseError {
    return new DatabaseError(this.kind, autoflush + this.message);
  }

  answer(): MlflowError {
    return new MlflowError(operational.includes(this.kind) ? 'TEMPORARILY_UNAVAILABLE' : 'BAD_REQUEST', this.message);
  }
}

export const operationalError = (text: string): DatabaseError =>
  new DatabaseError('OperationalError', `(psycopg2.OperationalError) ${text}\n${link('e3q8')}`);

/** libpq's text for a connection that cannot be established. */
export const connectFailure = (host: string, port: number, cause: string): DatabaseError =>
  operationalError(`connection to server at "${host}", port ${port} failed: ${cause}\n`);

export const refused = 'Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?';

export const connectionLost =
  'server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.\n';

/** @param timeoutMs printed in seconds, as the pool does. */
export const poolExhausted = (size: number, overflow: number, timeoutMs: number): DatabaseError =>
  new DatabaseError(
    'TimeoutError',
    `QueuePool limit of size ${size} overflow ${overflow} reached, connection timed out, timeout ${(timeoutMs / 1000).toFixed(2)} ${link('3o7r')}`,
  );

/** The statement as SQLAlchemy prints it, including values, which is how users' data gets into errors. */
const sql = (statement: Statement): string => {
  if (!('table' in statement)) return '';
  const { op, table } = statement;
  if (op === 'insert' && isObject(statement.row)) {
    const columns = Object.entries(statement.row).filter(([, value]) => typeof value !== 'object');
    const names = columns.map(([name]) => name);
    const values: JsonObject = Object.fromEntries(columns);
    return `[SQL: INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `%(${name})s`).join(', ')})]\n[parameters: ${repr(values)}]\n`;
  }
  if (op === 'get' || op === 'scan') return `[SQL: SELECT ${table}.* \nFROM ${table}]\n`;
  return `[SQL: ${op.toUpperCase()} ${table}]\n`;
};

export const sqlError = (name: SqlErrorName, text: string, statement: Statement): DatabaseError => {
  const where = name === 'UndefinedTable' ? '\nLINE 2: FROM \n             ^\n' : '\n';
  return new DatabaseError(name, `(psycopg2.errors.${name}) ${text}${where}\n${sql(statement)}${link(links[name])}`);
};
