import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type Json, parseJson } from './json.ts';
import type { TableName } from './tables.ts';

/** The wire between MLflow and its database here: a JSON document a line; the client asks, the server answers in order. */

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
  /** @property unique a column whose value no other row may have. */
  | {
      readonly op: 'insert';
      readonly table: TableName;
      readonly key: string;
      readonly row: Json;
      readonly unique?: string;
    }
  | { readonly op: 'update'; readonly table: TableName; readonly key: string; readonly row: Json }
  | { readonly op: 'next'; readonly sequence: string };

/** As PostgreSQL names them (appendix A, "PostgreSQL Error Codes"), in the form that psycopg2 gives the names. */
export type SqlErrorName =
  | 'UndefinedTable'
  | 'ReadOnlySqlTransaction'
  | 'UniqueViolation'
  | 'DiskFull'
  | 'InsufficientPrivilege';

export type Answer =
  | { readonly value: Json }
  | { readonly error: SqlErrorName; readonly text: string }
  /** The server refuses the login and hangs up. */
  | { readonly fatal: string };

export const sendLine = (socket: Socket, document: object): void => {
  if (socket.writable) socket.write(`${JSON.stringify(document)}\n`);
};

/** Calls back with each document that arrives. A line that is no JSON ends the connection. */
export const onLine = <T>(socket: Socket, receive: (document: T) => void): void => {
  // A peer that vanishes is told by 'close'; readline passes the error on and would throw without this.
  const lines = createInterface({ input: socket });
  lines.on('error', () => socket.destroy());
  lines.on('line', (line) => {
    const document = parseJson(line);
    if (document === undefined) socket.destroy();
    else receive(document as T);
  });
};
