import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type Json, parseJson } from './json.ts';
import type { TableName } from './tables.ts';

/**
 * The protocol between MLflow and its database in the sandbox: one JSON document per line. The server answers requests
 * in order.
 */

export interface Login {
  readonly user: string;
  readonly password: string;
}

export type Statement =
  | { readonly op: 'begin'; readonly write: boolean }
  | { readonly op: 'commit' | 'rollback' | 'ping' | 'create-tables' }
  | { readonly op: 'get'; readonly table: TableName; readonly key: string }
  | { readonly op: 'delete'; readonly table: TableName; readonly key: string }
  | { readonly op: 'scan'; readonly table: TableName }
  /** @property unique a column whose value must be unique among the rows. */
  | {
      readonly op: 'insert';
      readonly table: TableName;
      readonly key: string;
      readonly row: Json;
      readonly unique?: string;
    }
  | { readonly op: 'update'; readonly table: TableName; readonly key: string; readonly row: Json }
  | { readonly op: 'next'; readonly sequence: string };

/** PostgreSQL's names (appendix A, "PostgreSQL Error Codes"), in psycopg2's form. */
export type SqlErrorName =
  | 'UndefinedTable'
  | 'ReadOnlySqlTransaction'
  | 'UniqueViolation'
  | 'DiskFull'
  | 'InsufficientPrivilege';

export type Answer =
  | { readonly value: Json }
  | { readonly error: SqlErrorName; readonly text: string }
  /** The server refuses the login and closes the connection. */
  | { readonly fatal: string };

export const sendLine = (socket: Socket, document: object): void => {
  if (socket.writable) socket.write(`${JSON.stringify(document)}\n`);
};

/** Calls back with each document that arrives. A line that is not JSON ends the connection. */
export const onLine = <T>(socket: Socket, receive: (document: T) => void): void => {
  // 'close' reports a peer that vanishes. Without this, readline would pass the error on and throw.
  const lines = createInterface({ input: socket });
  lines.on('error', () => socket.destroy());
  lines.on('line', (line) => {
    const document = parseJson(line);
    if (document === undefined) socket.destroy();
    else receive(document as T);
  });
};
