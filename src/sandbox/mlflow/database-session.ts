import { connect } from 'node:net';
import { connectFailure, connectionLost, operationalError, refused, sqlError } from './database-errors.ts';
import { type Answer, onLine, type Statement, sendLine } from './database-protocol.ts';
import type { Json } from './json.ts';

export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** A client's connection to the database. */
export interface Session {
  /** @throws DatabaseError. Waits as long as the database does: neither psycopg2 nor MLflow sets a limit. */
  run(statement: Statement): Promise<Json>;
  close(): void;
}

/**
 * @param closing ends the session, even while it is being opened.
 * @throws DatabaseError, with libpq's text for the failure.
 */
export const openSession = async (
  { host, port, user, password }: DatabaseAddress,
  closing: AbortSignal,
): Promise<Session> => {
  const socket = connect({ host, port, signal: closing });
  const waiting: PromiseWithResolvers<Answer>[] = [];
  let alive = true;

  const ask = (message: object): Promise<Answer> => {
    const answer = Promise.withResolvers<Answer>();
    if (!alive) answer.reject(operationalError(connectionLost));
    waiting.push(answer);
    sendLine(socket, message);
    return answer.promise;
  };
  onLine<Answer>(socket, (answer) => waiting.shift()?.resolve(answer));

  const connected = Promise.withResolvers<void>();
  socket.once('connect', () => connected.resolve());
  socket.on('error', (error: NodeJS.ErrnoException) => {
    connected.reject(connectFailure(host, port, error.code === 'ECONNREFUSED' ? refused : error.message));
  });
  socket.on('close', () => {
    alive = false;
    for (const answer of waiting.splice(0)) answer.reject(operationalError(connectionLost));
  });

  await connected.promise;
  const login = await ask({ user, password });
  if ('fatal' in login) throw connectFailure(host, port, login.fatal);
  return {
    run: async (statement) => {
      const answer = await ask(statement);
      if ('value' in answer) return answer.value;
      throw 'fatal' in answer ? operationalError(`${answer.fatal}\n`) : sqlError(answer.error, answer.text, statement);
    },
    close: () => socket.destroy(),
  };
};
