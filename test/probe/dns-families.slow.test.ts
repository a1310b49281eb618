import { beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/report.ts';
import { type Asked, garbageFor, withNameServer } from '../support/name-server.ts';
import { lookUp, testLimits } from '../support/probing.ts';

/** What a name server does with the question for one family. */
const answers = {
  addresses: (asked: Asked) => asked.send(asked.addresses(asked.type === 'A' ? '127.0.0.1' : '2001:db8::1')),
  nothing: (asked: Asked) => asked.send(asked.addresses()),
  nxdomain: (asked: Asked) => asked.send(asked.error('nxdomain')),
  servfail: (asked: Asked) => asked.send(asked.error('servfail')),
  refused: (asked: Asked) => asked.send(asked.error('refused')),
  silence: () => undefined,
  garbage: (asked: Asked) => asked.send(garbageFor(asked)),
} as const;

type Answer = keyof typeof answers;
const kinds = Object.keys(answers) as readonly Answer[];

/**
 * What is said of a name: a row for the answer about IPv4, a column for the one about IPv6. Addresses of either family are enough.
 * Then NXDOMAIN counts, which is of the whole name (RFC 8020), then what a server says of itself, then garbage, then that there is
 * no address, then silence; but that there is no IPv6 address is usual, and says nothing when the question for IPv4 is not answered.
 */
const table: Readonly<Record<Answer, Readonly<Record<Answer, string>>>> = {
  addresses: {
    addresses: 'pass',
    nothing: 'pass',
    nxdomain: 'pass',
    servfail: 'pass',
    refused: 'pass',
    silence: 'pass',
    garbage: 'pass',
  },
  nothing: {
    addresses: 'pass',
    nothing: 'dns-no-address',
    nxdomain: 'dns-nxdomain',
    servfail: 'dns-servfail',
    refused: 'dns-refused',
    silence: 'dns-no-address',
    garbage: 'dns-servfail',
  },
  nxdomain: {
    addresses: 'pass',
    nothing: 'dns-nxdomain',
    nxdomain: 'dns-nxdomain',
    servfail: 'dns-nxdomain',
    refused: 'dns-nxdomain',
    silence: 'dns-nxdomain',
    garbage: 'dns-nxdomain',
  },
  servfail: {
    addresses: 'pass',
    nothing: 'dns-servfail',
    nxdomain: 'dns-nxdomain',
    servfail: 'dns-servfail',
    refused: 'dns-servfail',
    silence: 'dns-servfail',
    garbage: 'dns-servfail',
  },
  refused: {
    addresses: 'pass',
    nothing: 'dns-refused',
    nxdomain: 'dns-nxdomain',
    servfail: 'dns-servfail',
    refused: 'dns-refused',
    silence: 'dns-refused',
    garbage: 'dns-refused',
  },
  silence: {
    addresses: 'pass',
    nothing: 'dns-timeout',
    nxdomain: 'dns-nxdomain',
    servfail: 'dns-servfail',
    refused: 'dns-refused',
    silence: 'dns-timeout',
    garbage: 'dns-servfail',
  },
  garbage: {
    addresses: 'pass',
    nothing: 'dns-servfail',
    nxdomain: 'dns-nxdomain',
    servfail: 'dns-servfail',
    refused: 'dns-refused',
    silence: 'dns-servfail',
    garbage: 'dns-servfail',
  },
};

const cells = kinds.flatMap((four) => kinds.map((six) => ({ four, six, says: table[four][six] })));
const nameOf = (four: Answer, six: Answer): string => `${four}.${six}.test`;

describe('the DNS responses for IPv4 and IPv6', () => {
  const outcomes = new Map<string, Outcome>();

  beforeAll(async () => {
    const answer = (asked: Asked): void => {
      const [four, six] = asked.name.split('.') as [Answer, Answer];
      answers[asked.type === 'A' ? four : six](asked);
    };
    await withNameServer(answer, ({ at }) =>
      Promise.all(
        cells.map(async ({ four, six }) => {
          const name = nameOf(four, six);
          outcomes.set(name, await lookUp([at], { name }));
        }),
      ),
    );
  });

  const of = (four: Answer, six: Answer): Outcome => {
    const outcome = outcomes.get(nameOf(four, six));
    if (outcome === undefined) throw new Error(`${four} and ${six} were not asked for`);
    return outcome;
  };

  it.each(cells)('$four and $six: $says', ({ four, six, says }) => {
    const { status, failureMode } = of(four, six);
    expect(failureMode ?? status).toBe(says);
  });

  it('a deleted name is reported without waiting for IPv6 up to the limit', () => {
    expect(of('nxdomain', 'silence').timingsMs.resolve).toBeLessThan(testLimits.resolveMs);
  });

  it('the summary lists the families when they differ', () => {
    expect(of('servfail', 'nothing').evidence.summary).toContain(': ESERVFAIL for IPv4, ENODATA for IPv6');
    expect(of('nxdomain', 'nxdomain').evidence.summary).toMatch(/: ENOTFOUND$/);
    expect(of('nothing', 'silence').evidence.summary).toContain(': ENODATA for IPv4, ETIMEOUT for IPv6');
    expect(of('silence', 'nothing').evidence.summary).toMatch(
      /nothing within \d+ ms from \S+ \(ETIMEOUT for IPv4, ENODATA for IPv6\)$/,
    );
  });

  it('a family without a wait is not a failure', () => {
    expect(of('addresses', 'addresses').evidence.resolution?.failures).toEqual([]);
    expect(of('addresses', 'silence').evidence.resolution?.failures).toEqual([]);
    expect(of('addresses', 'servfail').evidence.resolution?.failures).toMatchObject([{ family: 6, code: 'ESERVFAIL' }]);
  });
});

describe('slow DNS responses', () => {
  const late = (ms: number, then: () => void): void => void setTimeout(then, ms);

  it('for IPv4 are awaited when the server denies the name for IPv6, as some wrongly do', async () => {
    const answer = (asked: Asked): void =>
      asked.type === 'A' ? late(600, () => answers.addresses(asked)) : answers.nxdomain(asked);
    expect(await withNameServer(answer, ({ at }) => lookUp([at]))).toMatchObject({ status: 'pass' });
  });

  it('for IPv6 are awaited when there is no IPv4 address', async () => {
    const answer = (asked: Asked): void =>
      asked.type === 'A' ? answers.nothing(asked) : late(600, () => answers.addresses(asked));
    expect(await withNameServer(answer, ({ at }) => lookUp([at]))).toMatchObject({ status: 'pass' });
  });

  it('count when they arrive just before the limit', async () => {
    const limits = { ...testLimits, familyWaitMs: 10_000 };
    const answer = (asked: Asked): void =>
      asked.type === 'A' ? late(limits.resolveMs / 2, () => answers.addresses(asked)) : answers.silence();
    expect(await withNameServer(answer, ({ at }) => lookUp([at], {}, limits))).toMatchObject({ status: 'pass' });
  });
});
