import { type EcsServiceName, ecsServices } from '../../platform/inventory.ts';
import type { Lookup, Lookups } from '../lookup.ts';
import { list, text } from '../tree.ts';

/** Log lines are read for this long before now, in milliseconds. */
const spanMs = 900_000;

/** Older lines are about something else. A fault begins up to one cycle before it is seen; in milliseconds. */
const beforeOnsetMs = 300_000;

/** Lines of one answer. Enough to decide, and cheap. */
const lines = 100;

/**
 * What a line can say, by service. The first word of each is what CloudWatch filters by. Made-up keys are refused in
 * health too, so only words about a real key's end count.
 */
const logWords = {
  api: {
    'circuit-open': { filter: 'circuit', form: /circuit.{0,60}\bopen(?:ed)?\b/i },
    'redis-unreachable': {
      filter: 'redis',
      form: /redis\.exceptions\.(?:ConnectionError|TimeoutError|BusyLoadingError|ClusterDownError)/,
    },
    'variable-missing': { filter: 'KeyError', form: /KeyError: '[A-Z][A-Z0-9_]{2,60}'/ },
  },
  mlflow: {
    refused: { filter: '401', form: /"(?:GET|POST|PUT|PATCH|DELETE) [^" ]{1,300} HTTP\/1\.[01]" 401\b/ },
    'password-refused': { filter: 'password', form: /password authentication failed for user/ },
    'connections-used-up': {
      filter: 'connection',
      form: /QueuePool limit|too many clients|remaining connection slots/,
    },
    'read-only': { filter: 'read', form: /cannot execute \w{1,30} in a read-only transaction/ },
    'database-unreachable': {
      filter: 'connection',
      form: /could not connect to server|port \d{1,5} failed: (?:Connection refused|Connection timed out|timeout expired)/,
    },
    'store-denied': { filter: 'AccessDenied', form: /\(AccessDenied\)|NoSuchBucket/ },
  },
  auth: {
    'key-ended': { filter: 'key', form: /\bkey\b.{0,60}\b(?:revoked|expired|disabled)\b/i },
  },
} as const satisfies Readonly<
  Record<EcsServiceName, Readonly<Record<string, { readonly filter: string; readonly form: RegExp }>>>
>;

const filterOf = (service: EcsServiceName): string =>
  [...new Set(Object.values(logWords[service]).map(({ filter }) => `?"${filter}"`))].join(' ');

/** The client of a line of uvicorn's access log: `INFO:     10.0.1.76:51234 - "POST …`. */
const clientForm = /\b(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}):\d{1,5} - "/;

/** Counted by what they say, and again by `WORD ADDRESS` where a line names its client. */
const countsOf = (service: EcsServiceName, messages: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const message of messages) {
    const client = clientForm.exec(message)?.[1];
    for (const [word, { form }] of Object.entries(logWords[service])) {
      if (!form.test(message)) continue;
      counts[word] = (counts[word] ?? 0) + 1;
      if (client !== undefined) counts[`${word} ${client}`] = (counts[`${word} ${client}`] ?? 0) + 1;
    }
  }
  return counts;
};

/** Longer lines are stack traces; what they say is at their beginning or end. */
const lineCharacters = 4_000;

const log = (service: EcsServiceName): Lookup<'log.api'> => ({
  operation: 'logs:FilterLogEvents',
  needs: [],
  calls: ({ inventory, now, onset }) => [
    {
      logGroupName: inventory.logs[service],
      startTime: Math.max(now - spanMs, (onset ?? 0) - beforeOnsetMs),
      endTime: now,
      filterPattern: filterOf(service),
      limit: lines,
    },
  ],
  read: (answers) => ({
    counts: countsOf(
      service,
      answers.flatMap((answer) =>
        list(answer, ['events']).map((one) => {
          const message = text(one, 'message');
          return message.length <= lineCharacters
            ? message
            : `${message.slice(0, lineCharacters / 2)} ${message.slice(-lineCharacters / 2)}`;
        }),
      ),
    ),
  }),
});

type LogLookups = Pick<Lookups, `log.${EcsServiceName}`>;

export const logLookups = Object.fromEntries(
  ecsServices.map((service) => [`log.${service}`, log(service)]),
) as unknown as LogLookups;
