import type { FailureMode } from '../../model/failure-modes.ts';
import { always, even, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, HypothesisInfo, Tables, Variant } from '../../model/hypothesis.ts';
import { proxiedToMlflow, rejected } from './common.ts';
import { toldByHealth } from './told-by-health.ts';
import { notAccepted, notConnected, notFound, past, throughProxy } from './unreached-mlflow.ts';

/** How the API reports an MLflow that the balancer has taken out, the same for all requests. */
const noTarget = [
  ['upstream-unreachable', even],
  ['upstream-timeout', sometimes],
  ['upstream-unavailable', sometimes],
] as const;

/** MLflow's process is dead: connections are refused, no target is registered, or nothing answers. */
const deadMlflow: readonly Variant[] = [
  ...notConnected(notFound).map(([shows, says, part]) => ({
    share: even * part,
    effects: [
      toldByHealth(even),
      throughProxy(shows, says),
      past({ 'lb-bad-gateway': mostly, 'lb-no-target': sometimes, 'connection-closed': rarely }),
    ],
  })),
  {
    share: sometimes,
    effects: [
      toldByHealth(even),
      throughProxy({ 'upstream-timeout': even, 'response-timeout': even, 'lb-gateway-timeout': rarely }),
      past({ 'lb-gateway-timeout': even, 'response-timeout': even }),
    ],
  },
  ...noTarget.map(
    ([mode, part]): Variant => ({
      share: rarely * part,
      effects: [
        toldByHealth(even),
        throughProxy({ [mode]: always }),
        past({ 'lb-no-target': often, 'lb-bad-gateway': sometimes }),
      ],
    }),
  ),
  // It hangs. A balancer with a health check takes it out and says so, another one waits.
  {
    share: rarely,
    effects: [
      toldByHealth(even),
      throughProxy({ 'upstream-timeout': even, 'response-timeout': even, 'lb-gateway-timeout': rarely }),
      past({ 'lb-no-target': even, 'response-timeout': sometimes, 'lb-gateway-timeout': sometimes }),
    ],
  },
  // One of its tasks hangs: some of the API's requests meet it. The balancer of its own routes has taken it out, or not.
  ...[always, even].map(
    (passing): Variant => ({
      share: rarely,
      effects: [
        toldByHealth(sometimes),
        throughProxy({ 'upstream-timeout': sometimes, 'response-timeout': sometimes, pass: even }),
        past({
          pass: passing,
          'response-timeout': (always - passing) / 2,
          'lb-gateway-timeout': (always - passing) / 2,
        }),
      ],
    }),
  ),
  // One of its tasks refuses connections.
  {
    share: rarely,
    effects: [
      toldByHealth(sometimes),
      throughProxy({ 'upstream-unreachable': even, pass: even }, notAccepted),
      past({ pass: mostly, 'lb-bad-gateway': sometimes }),
    ],
  },
  // MLflow answers every request with an error.
  {
    share: rarely,
    effects: [
      toldByHealth(sometimes),
      { ...throughProxy({ 'server-error': always }), by: ['mlflow', 'application'] },
      { ...past({ 'server-error': always }), by: ['mlflow', 'application'] },
    ],
  },
];

const sayingTablesMissing = { says: ['tables-missing'], aloud: true, by: ['mlflow', 'application'] } as const;

/** These tables are missing; MLflow has its others. */
const tablesMissing = (tables: Tables): Variant => ({
  share: rarely,
  effects: [{ when: { tables }, shows: { 'database-error': always, pass: rarely }, ...sayingTablesMissing }],
});

/** One table or column is missing. Most requests do not need it. */
const oneTableMissing: Variant = {
  share: rarely,
  effects: [{ shows: { pass: mostly, 'database-error': sometimes }, ...sayingTablesMissing }],
};

/** A login page or a gateway with a password stands before MLflow, and answers every request in one way. */
const gateAnswers = [
  ['auth-rejected', even],
  ['redirect-unexpected', sometimes],
  ['unexpected-answerer', sometimes],
  ['forbidden', rarely],
] as const;

const gate: Effect['by'] = ['nginx', 'cdn', 'api-gateway', 'login-page', 'unknown'];

/** A redirect elsewhere asks for no password. */
const saying = (mode: FailureMode): Pick<Effect, 'says' | 'aloud'> =>
  mode === 'redirect-unexpected' ? { says: ['leads-to-login'], aloud: true } : {};

/** It stands on the API's way, and perhaps on MLflow's own. */
const gateBefore = gateAnswers.map(
  ([mode, part]): Variant => ({
    share: sometimes * part,
    // A firewall between API and MLflow forbids in the same way.
    ...(mode === 'forbidden' ? { isVague: true } : {}),
    effects: [
      toldByHealth(even),
      { when: proxiedToMlflow, shows: { [mode]: always }, by: gate, ...saying(mode) },
      { shows: { [mode]: even, pass: even }, by: gate, ...saying(mode) },
    ],
  }),
);

/** MLflow, with what stands directly before it. */
export const mlflowItselfHypotheses = {
  'mlflow-service-unhealthy': {
    prior: 0.8,
    hop: 'mlflow',
    scope: 'platform',
    variants: deadMlflow,
  },
  'mlflow-auth-rejecting-all': {
    prior: 0.2,
    hop: 'mlflow',
    scope: 'platform',
    variants: [
      {
        share: always,
        effects: [
          toldByHealth(sometimes),
          {
            when: { crosses: ['database'] },
            shows: rejected,
            by: ['mlflow'],
          },
          {
            when: { crosses: ['artifact-store'] },
            shows: rejected,
            by: ['mlflow'],
          },
          // Its page and its health route may stay open.
          { shows: { 'auth-rejected': even, pass: even } },
        ],
      },
      ...gateBefore,
    ],
  },
  'mlflow-wrong-database': {
    prior: 0.15,
    hop: 'database',
    scope: 'platform',
    variants: [
      {
        share: often,
        effects: [toldByHealth(rarely), { shows: { 'database-error': always }, says: ['tables-missing'], aloud: true }],
      },
      { share: even, effects: [{ shows: { pass: always, 'resource-missing': rarely } }] },
      // A migration or a restore left some of the tables behind.
      tablesMissing('registry'),
      tablesMissing('experiments'),
      oneTableMissing,
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
