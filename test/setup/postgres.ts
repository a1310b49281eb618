import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/sandbox/network/sockets.ts';
import { postgresPrograms } from './postgres-programs.ts';
import { type ProcessGroup, startGroup } from './process-group.ts';
import { run } from './run.ts';
import { onSmallDisk, seenBy } from './small-disk.ts';

export interface PostgresOptions {
  /**
   * Size of a separate disk for the tables in tmpfs syntax (`64m`). It is gone when the server stops. Needs the part
   * `small-disk`.
   */
  readonly disk?: string;
}

/** A PostgreSQL server with an empty database for MLflow, in a folder that is removed at the end. */
export interface Postgres {
  /** For `--backend-store-uri`. */
  readonly uri: string;
  /** Breaks sessions and refuses connections. The data stays. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** The system accepts connections, but the server never answers; sessions hang. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** A rotation: MLflow keeps the old password, and its sessions end. */
  changePassword(): Promise<void>;
  restorePassword(): Promise<void>;
  /** As after a failover, for new sessions. Open ones end. */
  setReadOnly(readOnly: boolean): Promise<void>;
  /** The limit for MLflow's user; null: as many as the server allows. Ends its sessions. */
  limitConnections(count: number | null): Promise<void>;
  dropTables(): Promise<void>;
  /** Fills the disk that holds the tables. */
  fillDisk(): Promise<void>;
  /**
   * Runs a statement as the server's owner, in MLflow's database or another. @returns its rows, one line each, values
   * separated by `|`.
   */
  sql(statement: string, database?: string): Promise<string>;
  close(): Promise<void>;
}

const startLimitMs = 120_000;
const stopLimitMs = 60_000;
const commandLimitMs = 120_000;
const attempts = 3;

/** PostgreSQL refuses to run as root. Debian's package creates a user for it; any other user also works. */
const ownUser = async (): Promise<{ readonly uid?: number }> => {
  if (process.getuid?.() !== 0) return {};
  const idOf = (name: string): Promise<string> => run('id', ['-u', name], { limitMs: commandLimitMs });
  return { uid: Number(await idOf('postgres').catch(() => idOf('nobody'))) };
};

/** Takes about 3 s. */
export const startPostgres = async ({ disk }: PostgresOptions = {}): Promise<Postgres> => {
  const programs = await postgresPrograms();
  const user = await ownUser();
  const folder = await mkdtemp(join(tmpdir(), 'hokusai-postgres-'));
  const [data, tables] = [join(folder, 'data'), join(folder, 'tables')];
  const passwords = { owner: secret(), mlflow: secret() };
  await writeFile(join(folder, 'password'), passwords.owner, { mode: 0o644 });
  await mkdir(tables);
  if (user.uid !== undefined) for (const each of [folder, tables]) await chown(each, user.uid, 0);

  let port = 0;
  let group: ProcessGroup;

  const psql = (statement: string, database: string): Promise<string> =>
    run(
      join(programs, 'psql'),
      [
        ...['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-d', database],
        ...['-v', 'ON_ERROR_STOP=1', '-Atqc', statement],
      ],
      {
        limitMs: commandLimitMs,
        env: { PGPASSWORD: passwords.owner, PGOPTIONS: '-c default_transaction_read_only=off' },
      },
    );
  const sql = (statement: string, database = 'mlflow'): Promise<string> => psql(statement, database);
  const postmaster = async (): Promise<number> =>
    Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  /** The server's processes have their own process groups. */
  const signalAll = async (signal: NodeJS.Signals): Promise<void> => {
    const parent = await postmaster();
    process.kill(parent, signal);
    const children = await run('ps', ['-o', 'pid=', '--ppid', String(parent)], { limitMs: commandLimitMs }).catch(
      () => '',
    );
    for (const pid of children.split(/\s+/).filter((each) => each !== '')) process.kill(Number(pid), signal);
  };
  const endSessions = async (): Promise<void> =>
    void (await sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'mlflow'"));

  const serve = async (): Promise<void> => {
    const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'fsync=off'];
    const command = [join(programs, 'postgres'), '-D', data, ...settings.flatMap((each) => ['-c', each])];
    const own =
      disk === undefined
        ? []
        : [...onSmallDisk(tables, `size=${disk},uid=${user.uid ?? 0},mode=700`), ...becoming(user)];
    const [program = '', ...args] = [...own, ...command];
    group = startGroup(program, args, { cwd: folder, env: {}, ...(disk === undefined ? user : {}) });
    await untilReady(group, programs, port);
  };
  const stop = async (): Promise<void> => {
    // "Fast" shutdown waits for no client. Its last step is to remove its PID file.
    if (group.isRunning()) process.kill(await postmaster(), 'SIGINT');
    for (let waited = 0; existsSync(join(data, 'postmaster.pid')) && waited < stopLimitMs; waited += 20)
      await sleep(20);
    await group.end();
  };

  await runAs(
    user,
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${join(folder, 'password')}`, '-N'],
    folder,
  );
  for (let attempt = 1; ; attempt += 1) {
    port = await freePort('127.0.0.1');
    try {
      await serve();
      break;
    } catch (error) {
      // Another process took the port in the meantime.
      if (attempt < attempts && /already in use/i.test(String(error))) continue;
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }
  await psql(`CREATE ROLE mlflow LOGIN PASSWORD '${passwords.mlflow}'`, 'postgres');
  if (disk !== undefined) await psql(`CREATE TABLESPACE small LOCATION '${tables}'`, 'postgres');
  await psql(`CREATE DATABASE mlflow OWNER mlflow${disk === undefined ? '' : ' TABLESPACE small'}`, 'postgres');

  return {
    uri: `postgresql+psycopg2://mlflow:${passwords.mlflow}@127.0.0.1:${port}/mlflow`,
    sql,
    stop,
    start: serve,
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    changePassword: async () => {
      await sql(`ALTER ROLE mlflow PASSWORD '${secret()}'`);
      await endSessions();
    },
    restorePassword: async () => void (await sql(`ALTER ROLE mlflow PASSWORD '${passwords.mlflow}'`)),
    setReadOnly: async (readOnly) => {
      await sql(`ALTER DATABASE mlflow SET default_transaction_read_only = ${readOnly ? 'on' : 'off'}`);
      await endSessions();
    },
    limitConnections: async (count) => {
      await sql(`ALTER ROLE mlflow CONNECTION LIMIT ${count ?? -1}`);
      await endSessions();
    },
    dropTables: async () => void (await sql('DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION mlflow')),
    fillDisk: async () => {
      const ballast = join(seenBy(await postmaster(), tables), 'ballast');
      await run('/bin/sh', ['-c', 'cat /dev/zero > "$0" 2>/dev/null; true', ballast], { limitMs: commandLimitMs });
    },
    close: async () => {
      await signalAll('SIGCONT').catch(() => undefined);
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const secret = (): string => `hk_test_${randomBytes(9).toString('hex')}`;

interface User {
  readonly uid?: number;
}

const becoming = ({ uid }: User): readonly string[] =>
  uid === undefined ? [] : ['setpriv', `--reuid=${uid}`, '--clear-groups'];

const runAs = async (user: User, command: string, args: readonly string[], cwd: string): Promise<void> => {
  const [program = '', ...rest] = [...becoming(user), command, ...args];
  await run('/bin/sh', ['-c', 'cd "$0" && exec "$@"', cwd, program, ...rest], { limitMs: startLimitMs });
};

const untilReady = async (group: ProcessGroup, programs: string, port: number): Promise<void> => {
  const deadline = performance.now() + startLimitMs;
  while (performance.now() < deadline) {
    if (!group.isRunning()) throw new Error(`PostgreSQL ended while it started:\n${group.log()}`);
    const args = ['-q', '-h', '127.0.0.1', '-p', String(port)];
    const ready = await run(join(programs, 'pg_isready'), args, { limitMs: commandLimitMs }).then(
      () => true,
      () => false,
    );
    if (ready) return;
    await sleep(100);
  }
  throw new Error(`PostgreSQL was not ready within ${startLimitMs / 1000} s:\n${group.log()}`);
};
