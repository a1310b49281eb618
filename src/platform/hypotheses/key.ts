import { always, even, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, HypothesisInfo, Predictions, Variant, When } from '../../model/hypothesis.ts';
import { anyForm, frontWorks, keyed, ofPreflight, passes, proxied, rejected } from './common.ts';
import { bothForms, lostBeforeApi, madeUpKey, unseen, unseenAtAuth } from './lost-keys.ts';

/** With a valid key, to the auth service. */
const toAuth: When = { key: anyForm, crosses: ['auth'] };

/** A key at the roots of the API and of the auth service, which ask for none. */
const unneededKey = (atApi: Predictions, atAuth: Predictions): readonly Effect[] => [
  atRoot('api', atApi),
  atRoot('auth', atAuth),
];

const atRoot = (at: 'api' | 'auth', shows: Predictions): Effect => ({
  when: { followUp: ['unneeded-key'], crosses: [at] },
  elsewhere: true,
  at,
  shows,
});

/** Most applications ignore a key that they do not need. Some reject every invalid key, on all routes and all hosts. */
const withInvalidKey = (share: number, effects: readonly Effect[]): readonly Variant[] =>
  [
    { part: 1 - sometimes, shows: { pass: always, 'auth-rejected': rarely } },
    { part: sometimes, shows: { 'auth-rejected': always, pass: rarely } },
  ].map(({ part, shows }) => ({
    share: share * part,
    effects: [...unneededKey(shows, shows).map((effect): Effect => ({ ...effect, by: ['application'] })), ...effects],
  }));

const mostlyIgnored: Predictions = { pass: often, 'auth-rejected': sometimes };

const denied = { says: ['authorizer-denies'], aloud: true } as const;

const byGateway: Pick<Effect, 'by'> = { by: ['api-gateway', 'nginx', 'cdn', 'balancer', 'unknown'] };

/** How a gateway answers for an authorizer that lets no key through, the same for all requests. */
const gatewayRefusals = [
  ['forbidden', even, { says: denied.says }],
  ['auth-rejected', sometimes, byGateway],
  ['auth-unavailable', sometimes, byGateway],
  ['server-error', sometimes, byGateway],
] as const;

/**
 * What an authorizer without a configuration makes the API say, the same for all requests: it passes no identity on, so
 * the API sees no key, or a key that it cannot accept.
 */
const notValidated = [
  ['auth-missing', { share: sometimes, isTold: true }],
  ['auth-missing', { share: rarely, isTold: false }],
  ['auth-rejected', { share: sometimes, isTold: true }],
] as const;

/** Whether a request's key is read, checked and sufficient. */
export const keyHypotheses = {
  'api-key-rejected': {
    prior: 0.5,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      ...withInvalidKey(always, [
        {
          when: toAuth,
          elsewhere: true,
          shows: rejected,
          says: ['key-invalid'],
        },
        {
          when: proxied,
          shows: rejected,
        },
        // Routes that accept a key and do not require one.
        { when: keyed, shows: { 'auth-rejected': even, pass: even } },
        {
          when: { key: anyForm, crosses: ['mlflow'] },
          elsewhere: true,
          shows: { 'auth-rejected': sometimes, pass: often },
        },
      ]),
      // Redis still knows the key, so the API accepts it for some minutes.
      ...withInvalidKey(sometimes, [
        {
          when: toAuth,
          elsewhere: true,
          shows: rejected,
          says: ['key-invalid'],
        },
      ]),
    ],
  },
  'api-gateway-auth': {
    prior: 0.2,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      // From outside it looks like an invalid key.
      {
        share: often,
        effects: [
          // It comes before the application, which would ask for none.
          ...unneededKey({ 'auth-rejected': mostly, pass: rarely }, { 'auth-rejected': often, pass: sometimes }),
          {
            when: toAuth,
            elsewhere: true,
            shows: { 'auth-rejected': always },
            says: ['key-not-validated'],
          },
          { when: proxied, shows: { 'auth-rejected': always } },
          { when: keyed, shows: { 'auth-rejected': even, pass: even } },
        ],
      },
      // The auth service recognises the key and does not validate it.
      ...notValidated.map(
        ([mode, { share, isTold }]): Variant => ({
          share,
          ...(isTold ? {} : { isVague: true }),
          effects: [
            ...unneededKey(mostlyIgnored, mostlyIgnored),
            {
              when: toAuth,
              elsewhere: true,
              shows: rejected,
              says: ['key-not-validated'],
              ...(isTold ? { aloud: true } : {}),
            },
            { when: proxied, shows: { [mode]: always } },
            { when: keyed, shows: { [mode]: even, pass: even } },
          ],
        }),
      ),
      // It refuses everybody on the whole host, or on the API's paths, in the gateway's own words.
      {
        share: rarely,
        scope: 'host',
        hop: 'rule',
        effects: [
          ...frontWorks,
          { when: ofPreflight, shows: { 'cors-rejected': often, forbidden: sometimes, pass: sometimes } },
          { when: { page: true }, shows: { pass: even, forbidden: even }, ...denied },
          { when: { crosses: ['mlflow'], avoids: ['api'] }, shows: { pass: even, forbidden: even }, ...denied },
          { shows: { forbidden: always }, ...denied },
        ],
      },
      ...gatewayRefusals.map(
        ([mode, part, by]): Variant => ({
          share: always * part,
          effects: [
            ...unneededKey(mostlyIgnored, mostlyIgnored),
            { when: proxied, shows: { [mode]: always }, ...by },
            {
              when: { key: ['made-up'] },
              shows: { pass: even, 'server-error': sometimes, 'unexpected-status': sometimes },
            },
            {
              when: toAuth,
              elsewhere: true,
              shows: { pass: even, 'server-error': sometimes, 'auth-rejected': rarely },
            },
            { shows: passes },
          ],
        }),
      ),
    ],
  },
  'proxy-drops-auth-headers': {
    prior: 0.85,
    withDeployment: often,
    hop: 'proxy-route',
    scope: 'platform',
    variants: [
      {
        share: always,
        effects: [
          // Where the key is checked behind the proxy, a made-up one is not seen either.
          madeUpKey(bothForms, { pass: often, 'auth-missing': sometimes }),
          {
            when: { key: anyForm, crosses: ['mlflow'] },
            // A service that receives no key has nothing else to report.
            shows: { 'auth-missing': mostly, 'auth-rejected': rarely, forbidden: rarely, pass: rarely },
            by: ['application', 'mlflow', 'nginx', 'unknown'],
          },
        ],
      },
      ...lostBeforeApi,
      ...unseenAtAuth(rarely * even, { hop: 'rule' }),
    ],
  },
  'auth-flow-regression': {
    prior: 0.6,
    withDeployment: mostly,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      ...anyForm.flatMap((form): readonly Variant[] => [
        { share: sometimes * mostly, effects: unseen([form], 'auth-missing') },
        { share: sometimes * sometimes, effects: unseen([form], 'auth-rejected') },
      ]),
      ...unseenAtAuth(rarely),
      { share: sometimes, effects: unseen(anyForm, 'auth-missing') },
      // It does not read the key, or accepts none.
      { share: sometimes, effects: unseen(anyForm, 'auth-rejected') },
    ],
  },
  'write-scope-missing': {
    prior: 0.35,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      {
        share: always,
        effects: [
          // The step that finds the experiment creates it only once.
          { when: { effect: 'write', crosses: ['proxy-route'] }, shows: { forbidden: mostly, pass: sometimes } },
          { when: { effect: 'delete', crosses: ['proxy-route'] }, shows: { pass: often, forbidden: sometimes } },
        ],
      },
      // The whole registry requires one scope.
      {
        share: sometimes,
        effects: [
          // Routes that the API answers itself may be open.
          {
            when: { key: anyForm, crosses: ['proxy-route'], avoids: ['mlflow'] },
            shows: { forbidden: even, pass: even },
          },
          { when: proxied, shows: { forbidden: always }, by: ['application', 'unknown', 'api-gateway'] },
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
