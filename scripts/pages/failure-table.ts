import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Status, Verdict } from '../../src/model/report.ts';

/** The kinds of requests, each with its own ways to fail. */
export const requestKinds = {
  http: 'a page or an answer',
  health: 'a health route',
  preflight: 'a CORS preflight',
  redirect: 'the redirect from port 80',
  name: 'a name (DNS)',
  certificate: 'a certificate',
  step: 'a step of the registration flow',
  'clean-up': "the flow's clean-up",
} as const satisfies Record<string, string>;
export type RequestKind = keyof typeof requestKinds;

/** Why a kind of request does not show a mode. */
export const reasons = {
  'names-only': 'the request goes to the name server only',
  'nothing-asked': 'no request is sent over the connection',
  'no-tls': 'port 80 speaks no TLS',
  'reset-later': 'over plain HTTP, a reset of an established connection is `connection-closed`',
  'chain-not-compared': 'only a `name` target checks where its chain ends',
  'days-not-counted': 'only a `certificate` target checks the days that are left',
  'not-followed': 'this request records a redirect but does not follow it: `redirect-unexpected`',
  'preflight-refused': 'a refused preflight is `cors-rejected`, whatever its response says',
  'body-not-judged': 'the content of the body does not matter here',
  'time-not-judged': 'the duration does not matter here',
  'no-version': 'the response names no version',
  'nothing-guarded': 'the route guards nothing, so it need not refuse the request',
  'no-health-route': 'only a health route reports dependencies',
  'no-preflight': 'only a preflight asks for this',
  'flow-only': 'only the registration flow writes, reads back and deletes',
  'left-behind': 'an object that cannot be deleted is `cleanup-failed`, with the response as evidence',
  'not-alone':
    'no test can cause this for one request alone; the code for all kinds judges the error in the same place',
} as const satisfies Record<string, string>;
export type Reason = keyof typeof reasons;

export const isReason = (cell: Cell): cell is Reason => Object.hasOwn(reasons, cell);

type Shown = Extract<Status, 'fail' | 'degraded' | 'inconclusive'>;
export type Cell = Shown | Reason;
type Row = Readonly<Record<RequestKind, Cell>>;

/** Every request that looks up a name. */
const resolving = (shown: Shown): Row => ({
  http: shown,
  health: shown,
  preflight: shown,
  redirect: shown,
  name: shown,
  certificate: shown,
  step: shown,
  'clean-up': 'left-behind',
});

const connecting = (shown: Shown): Row => ({ ...resolving(shown), name: 'names-only' });
const overTls = (shown: Shown): Row => ({ ...connecting(shown), redirect: 'no-tls' });
const answered = (shown: Shown): Row => ({ ...connecting(shown), certificate: 'nothing-asked' });
const saidToClients = (shown: Shown): Row => ({ ...answered(shown), preflight: 'preflight-refused' });

const nowhere = (reason: Reason): Row => ({
  http: reason,
  health: reason,
  preflight: reason,
  redirect: reason,
  name: 'names-only',
  certificate: 'nothing-asked',
  step: reason,
  'clean-up': 'left-behind',
});
const inTheFlow: Row = { ...nowhere('flow-only'), step: 'fail' };

/** Which kinds of requests show which failure and with which status, or why they do not. */
export const failureTable: Readonly<Record<FailureMode, Row>> = {
  'dns-nxdomain': resolving('fail'),
  'dns-servfail': resolving('fail'),
  'dns-refused': resolving('fail'),
  'dns-timeout': resolving('fail'),
  'dns-no-address': resolving('fail'),
  'dns-unexpected-target': { ...nowhere('chain-not-compared'), name: 'fail', certificate: 'chain-not-compared' },
  'connect-refused': connecting('fail'),
  'connect-timeout': connecting('fail'),
  'connect-unreachable': connecting('fail'),
  'connect-reset': { ...connecting('fail'), redirect: 'reset-later' },
  'tls-expired': overTls('fail'),
  'tls-not-yet-valid': overTls('fail'),
  'tls-name-mismatch': overTls('fail'),
  'tls-untrusted': overTls('fail'),
  'tls-handshake-timeout': overTls('fail'),
  'tls-handshake-failed': overTls('fail'),
  'tls-expires-soon': { ...nowhere('days-not-counted'), redirect: 'no-tls', certificate: 'degraded' },
  'response-timeout': answered('fail'),
  'connection-closed': answered('fail'),
  'response-malformed': answered('fail'),
  'response-truncated': answered('fail'),
  'response-too-large': answered('fail'),
  'transfer-timeout': answered('fail'),
  'redirect-loop': { ...nowhere('not-followed'), http: 'fail', redirect: 'fail' },
  'redirect-unexpected': answered('fail'),
  'lb-no-route': answered('fail'),
  'lb-no-target': answered('fail'),
  'lb-bad-gateway': answered('fail'),
  'lb-gateway-timeout': answered('fail'),
  'waf-blocked': answered('fail'),
  'route-not-found': answered('fail'),
  'auth-missing': saidToClients('fail'),
  'auth-rejected': saidToClients('fail'),
  'auth-unavailable': answered('fail'),
  'auth-bypassed': { ...nowhere('nothing-guarded'), http: 'fail' },
  forbidden: saidToClients('fail'),
  'rate-limited': answered('fail'),
  'upstream-unreachable': answered('fail'),
  'upstream-timeout': answered('fail'),
  'upstream-unavailable': answered('fail'),
  'server-error': answered('fail'),
  'resource-missing': answered('fail'),
  'database-error': answered('fail'),
  'unexpected-answerer': answered('fail'),
  'unexpected-status': saidToClients('fail'),
  'unexpected-body': { ...answered('fail'), preflight: 'body-not-judged', redirect: 'body-not-judged' },
  'unexpected-version': { ...nowhere('no-version'), http: 'fail', health: 'fail' },
  'dependency-unhealthy': { ...nowhere('no-health-route'), health: 'fail' },
  'cors-rejected': { ...nowhere('no-preflight'), preflight: 'fail' },
  'read-only': answered('fail'),
  'artifact-store-error': answered('fail'),
  'value-mismatch': inTheFlow,
  'artifact-mismatch': inTheFlow,
  'version-not-ready': inTheFlow,
  'cleanup-impossible': inTheFlow,
  'cleanup-failed': { ...nowhere('flow-only'), 'clean-up': 'degraded' },
  slow: { ...answered('degraded'), preflight: 'time-not-judged', redirect: 'time-not-judged' },
  'probe-error': { ...nowhere('not-alone'), http: 'inconclusive', name: 'not-alone', certificate: 'not-alone' },
  'deadline-exceeded': resolving('inconclusive'),
};

/** The consequences when one request fails three or more cycles in a row. */
export interface Consequence {
  readonly exitCode: 0 | 1 | 2;
  readonly verdict: Verdict;
  /** Metrics with their values. */
  readonly metrics: readonly string[];
  /** CloudWatch alarms that notify people in addition to the function's own messages; empty: none. */
  readonly alarms: readonly string[];
}

const ofFlow = (kind: RequestKind): boolean => kind === 'step' || kind === 'clean-up';

export const consequenceOf = (kind: RequestKind, shown: Shown): Consequence => {
  switch (shown) {
    case 'fail':
      return {
        exitCode: 1,
        verdict: 'failing',
        metrics: ofFlow(kind)
          ? ['RegistrationSuccess 0', 'StepFailure 1']
          : ['Success 0', 'TargetsFailing 1', 'TargetFailure 1'],
        alarms: ofFlow(kind) ? ['RegistrationBroken critical'] : ['HostUnavailable warning'],
      };
    case 'degraded':
      return {
        exitCode: 0,
        verdict: 'degraded',
        metrics: [
          ...(kind === 'clean-up' ? ['RegistrationLeftOvers > 0'] : []),
          ...(ofFlow(kind) ? ['RegistrationSuccess 1'] : ['TargetsDegraded 1']),
        ],
        alarms: kind === 'clean-up' ? ['LeftOvers warning'] : [],
      };
    case 'inconclusive':
      return {
        exitCode: 2,
        verdict: 'inconclusive',
        metrics: ofFlow(kind) ? [] : ['TargetsInconclusive 1'],
        alarms: [],
      };
  }
};

/** Alarms that come with a mode whichever kind of request shows it: a certificate that was seen is counted. */
export const alarmsOfMode: Readonly<Partial<Record<FailureMode, string>>> = {
  'tls-expired': 'CertificateExpiring warning',
  'tls-expires-soon': 'CertificateExpiring warning',
};

/** Modes that all requests of a host can show at once because they share what is broken. */
export const ofWholeHosts: readonly FailureMode[] = (Object.keys(failureTable) as FailureMode[]).filter((mode) => {
  const { http, health, step } = failureTable[mode];
  return [http, health, step].every((cell) => cell === 'fail');
});
