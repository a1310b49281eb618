import { marksOf } from '../../src/classify/fingerprint.ts';
import type { Headers } from '../../src/model/headers.ts';
import type { AttemptOutcome, Outcome } from '../../src/model/report.ts';
import type { Seen as Cycle } from '../../src/model/requests.ts';
import { allPass, observations, type Seen } from './observations.ts';

/** How one response looks: its status, its headers, and the fingerprint of its kind. */
export interface Look {
  readonly status: number;
  readonly headers: Headers;
  readonly fingerprint: string;
}

export const html = (status: number, server?: string): Look => ({
  status,
  headers: { ...(server !== undefined && { server }), 'content-type': 'text/html' },
  fingerprint: 'page',
});

export const json = (status: number, server?: string): Look => ({
  ...html(status, server),
  headers: { ...html(status, server).headers, 'content-type': 'application/json; charset=utf-8' },
  fingerprint: `json${status}`,
});

/** Asked once. */
export const asked = (one: Outcome): Outcome => ({ ...one, attempts: [one] });

/** A cycle whose good responses name this server, or none. */
export const cycle = (
  server: string | undefined,
  failing: Readonly<Record<string, Seen>>,
  looks: (id: string) => Look,
): Cycle => {
  const seen = observations(allPass(failing));
  const looked = <T extends AttemptOutcome>(id: string, one: T): T => {
    const isRefusal = id.endsWith('-no-key') || id.endsWith('-made-up-key');
    const look = one.status === 'pass' ? json(isRefusal ? 401 : 200, server) : looks(id);
    const answeredBy = one.status === 'pass' ? ('application' as const) : one.answeredBy;
    const { fingerprint, status: httpStatus } = look;
    return { ...one, answeredBy, fingerprint, httpStatus, marks: marksOf(look.headers) };
  };
  const { registration } = seen;
  return {
    ...seen,
    outcomes: seen.outcomes.map((one) => asked(looked(one.target, one))),
    registration: registration && {
      ...registration,
      steps: registration.steps.map((one) => (one.status === 'skipped' ? one : looked(`registration.${one.id}`, one))),
    },
  };
};
