import { createServer, type Socket } from 'node:net';
import { type Answer, type Login, onLine, type Statement, sendLine } from './database-protocol.ts';
import { createTables, type Replication, type Storage } from './database-storage.ts';
import { createGate } from './gate.ts';
import { type Listener, startListener } from './listener.ts';

export interface DatabaseOptions {
  readonly user?: string;
  readonly password: string;
  /** Concurrent sessions; PostgreSQL's own default is 100. */
  readonly maxConnections?: number;
}

/**
 * MLflow's database. It holds the data, so a restarted MLflow finds it again, and another database does not have it.
 * Error texts are those of PostgreSQL 15, as MLflow 3.9.0 with psycopg2 passes them on.
 */
export interface Database {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Connections are refused and sessions break. The data stays. */
  close: Listener['close'];
  reopen: Listener['reopen'];
  /** Changes the password and ends all sessions, because open ones would keep working with the old one. */
  setPassword(password: string): void;
  /** Rejects writes, as a replica does, or a primary after a failover. */
  setReadOnly(readOnly: boolean): void;
  /** MLflow's user may read and write rows, but delete none. */
  revokeDelete(): void;
  /** The disk is full. */
  setDiskFull(full: boolean): void;
  /**
   * From now on, reads go to a replica that holds the current data. Of later writes it receives only what `replication`
   * allows.
   */
  readFromReplica(replication: Replication): void;
  /** Accepts connections but never answers, like a host that hangs. */
  freeze(): void;
  thaw(): void;
  /** Other clients take all available connections. */
  occupy(): void;
  release(): void;
  /** Drops all tables, as in a database that was never migrated. */
  dropTables(): void;
}

export const startDatabase = async ({
  user = 'mlflow',
  password: first,
  maxConnections = 100,
}: DatabaseOptions): Promise<Database> => {
  const storage: Storage = createTables();
  const gate = createGate();
  const sessions = new Set<Socket>();
  let password = first;
  let others = 0;

  const refusal = (login: Login): string | null => {
    if (sessions.size + others >= maxConnections) return 'FATAL:  sorry, too many clients already';
    if (login.user === user && login.password === password) return null;
    return `FATAL:  password authentication failed for user "${login.user}"`;
  };

  const endSessions = (): void => {
    for (const socket of sessions) socket.destroy();
    sessions.clear();
  };

  const serve = (socket: Socket): void => {
    const transaction = storage.session();
    let admitted = false;
    let previous = Promise.resolve();
    const answer = async (message: Login | Statement): Promise<Answer> => {
      await gate.opened();
      if ('op' in message) return admitted ? transaction.execute(message) : { fatal: 'FATAL:  no login' };
      const fatal = refusal(message);
      if (fatal !== null) return { fatal };
      admitted = true;
      sessions.add(socket);
      return { value: null };
    };
    onLine<Login | Statement>(socket, (message) => {
      previous = previous.then(async () => {
        const reply = await answer(message);
        sendLine(socket, reply);
        if ('fatal' in reply) socket.end();
      });
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sessions.delete(socket);
      transaction.end();
    });
  };

  const listener = await startListener(createServer(serve));
  return {
    host: '127.0.0.1',
    port: listener.port,
    user,
    get password() {
      return password;
    },
    close: listener.close,
    reopen: listener.reopen,
    setPassword: (next) => {
      password = next;
      endSessions();
    },
    setReadOnly: storage.setReadOnly,
    revokeDelete: storage.revokeDelete,
    setDiskFull: storage.setDiskFull,
    readFromReplica: storage.readFromReplica,
    freeze: gate.close,
    thaw: gate.open,
    occupy: () => {
      others = maxConnections;
      endSessions();
    },
    release: () => {
      others = 0;
    },
    dropTables: storage.dropTables,
  };
};
