import type { Diagnosis } from '../model/diagnosis.ts';

type OutsideCause = NonNullable<Diagnosis['outside']>[number];

interface OutsideWords {
  /** What the failures look like, with the reason. */
  readonly likeness: string;
  /** Where to look first. */
  readonly look: string;
}

const lockOn = (tables: string): OutsideWords => ({
  likeness: `a lock on MLflow’s tables of ${tables}: requests for them wait, and requests for its other tables pass`,
  look: 'the locks in MLflow’s database: a migration, a backup or an open transaction that holds them',
});

/** A recognised cause without a hypothesis, in words. */
const outsideWords: Readonly<Record<OutsideCause, OutsideWords>> = {
  'registry-tables-locked': lockOn('registered models and versions'),
  'experiments-tables-locked': lockOn('experiments and runs'),
  'mlflow-at-another-prefix': {
    likeness:
      'an MLflow that serves its paths under another prefix: it answers with its own 404, with the proxy and without',
    look: 'the options that MLflow was started with, such as --static-prefix',
  },
  'writes-filtered-in-front': {
    likeness:
      'a filter in front of the API: something other than the application refuses a request that writes, and reads pass',
    look: 'the firewall, gateway or limit in front of the API: its rules for methods and paths, and the size of a body that it allows',
  },
  'client-certificate-required': {
    likeness:
      'a listener that asks for a client certificate: its own certificate is valid, and it refuses every request',
    look: 'the listener’s mutual TLS, and whether it should ask this client for a certificate',
  },
  'api-task-cannot-connect': {
    likeness:
      'an API task that opens no connections: what it asks fails, whatever that is, and other tasks answer the same requests',
    look: 'each API task by itself: its log, its DNS and network, its open files and connections, its memory; replace the one that fails',
  },
};

/** @param ids as a report or the state has them; a newer version's are left out */
const knownOf = (ids: readonly string[]): readonly OutsideWords[] =>
  ids.flatMap((id) => (Object.hasOwn(outsideWords, id) ? [outsideWords[id as OutsideCause]] : []));

export const outsideLikenesses = (ids: readonly string[] = []): readonly string[] =>
  knownOf(ids).map(({ likeness }) => likeness);

export const outsideLooks = (ids: readonly string[] = []): readonly string[] => knownOf(ids).map(({ look }) => look);
