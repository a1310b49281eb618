import type { Answerer } from '../model/answerers.ts';
import { type FailureMode, failureModes } from '../model/failure-modes.ts';
import type { AttemptOutcome, Blindness, Outcome } from '../model/report.ts';

/** How far a request got when nothing known to be the platform answered it. */
export interface Stop {
  readonly phase: Blindness['phase'];
  /** In which way. An obstacle between here and the platform stops all requests alike. */
  readonly how: string;
  readonly mode: FailureMode;
  /** In TLS: whether a certificate was received, so something did answer. */
  readonly certificate: boolean;
}

/** `through`: something at the other end answered. `unknown`: not asked, out of time, or a defect in the monitor. */
export type Progress = Stop | 'through' | 'unknown';

type Seen = Pick<AttemptOutcome, 'status' | 'failureMode' | 'phase' | 'httpStatus' | 'answeredBy' | 'evidence'>;

/** Over all attempts: one that got through is enough. */
export const progressOf = (outcome: Seen & Partial<Pick<Outcome, 'attempts'>>, secured: boolean): Progress => {
  const { attempts = [] } = outcome;
  const each = (attempts.length === 0 ? [outcome] : attempts).map((attempt) => ofAttempt(attempt, secured));
  if (each.includes('through')) return 'through';
  return each.find((one) => one !== 'unknown') ?? 'unknown';
};

const ofAttempt = (seen: Seen, secured: boolean): Progress => {
  const { status, failureMode, phase } = seen;
  if (status === 'skipped') return 'unknown';
  if (failureMode === null) return 'through';
  if (failureModes[failureMode].ofMonitor) return 'unknown';
  if (status === 'pass' || status === 'degraded') return 'through';
  switch (phase) {
    case 'resolve':
    case 'connect':
      return { phase, how: failureMode, mode: failureMode, certificate: false };
    case 'tls':
      return stoppedInTls(seen, failureMode);
    default:
      return stoppedAtAnswer(seen, failureMode, secured) ?? 'through';
  }
};

const stoppedInTls = ({ evidence: { certificate } }: Seen, mode: FailureMode): Stop => ({
  phase: 'tls',
  // A TLS-inspecting proxy makes a certificate per name, all from one issuer. A login page has one certificate for all
  // names.
  how: [mode, mode === 'tls-untrusted' ? certificate?.issuer : mode === 'tls-name-mismatch' ? certificate?.sha256 : '']
    .join(' ')
    .trim(),
  mode,
  certificate: certificate !== null,
});

/**
 * Answerers that respond in place of every target, such as proxies and login pages. The platform's own answerers are
 * known.
 */
const strangers: readonly (Answerer | null)[] = ['unknown', 'login-page'];

/**
 * Over plain HTTP anything on the path can hang up or answer. Over verified TLS only the holder of the platform's key
 * can, or a proxy trusted here. Such a response counts, except that a gateway's own error (5xx) may be the platform's.
 */
const stoppedAtAnswer = (seen: Seen, mode: FailureMode, secured: boolean): Stop | null => {
  const { httpStatus, answeredBy, evidence } = seen;
  const stopped = (how: string): Stop => ({ phase: 'processing', how, mode, certificate: false });
  if (httpStatus === null) return secured ? null : stopped(mode);
  if (!strangers.includes(answeredBy) || (secured && httpStatus >= 500)) return null;
  const { server = '', location = '' } = evidence.headers;
  const leadsTo = URL.canParse(location) ? new URL(location).origin : '';
  return stopped([httpStatus, answeredBy, server, leadsTo].join(' '));
};
