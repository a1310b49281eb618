import type { Answerer } from '../../model/answerers.ts';
import { always, even, hardlyEver, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, HypothesisInfo, Predictions, Variant, When } from '../../model/hypothesis.ts';
import {
  frontWorks,
  handshakeWorks,
  ofHealth,
  ofPreflight,
  onPort80,
  passes,
  port80Works,
  throughProxyRoute,
} from './common.ts';
import { filterOfWrites, inFront } from './in-front.ts';

const elsewhereAnswered = ['application', 'balancer', 'nginx', 'unknown'] as const;

const anotherService = ['application', 'mlflow', 'nginx', 'unknown'] as const;

/** A default site may answer on both ports. */
const port80OfDefault: Effect = { when: onPort80, shows: { pass: always, 'redirect-unexpected': rarely } };

/** Requests that accept any page. */
const anyPage: When = { page: true };
const itsRoot: When = { page: true, avoids: ['proxy-route'] };

/** A default site's page may be empty. */
const pageMayBeEmpty: Predictions = { pass: often, 'unexpected-body': sometimes };

/** MLflow's own route leads elsewhere, and every response on it shows the same mode. */
const pastApi = (mode: 'route-not-found' | 'lb-no-route'): Variant => ({
  share: sometimes,
  effects: [
    { when: { crosses: ['mlflow'], avoids: ['proxy-route'] }, shows: { [mode]: always }, by: elsewhereAnswered },
    // A proxy that loses the bodies of DELETE requests sends deletions this way.
    { when: { effect: 'delete' }, shows: { [mode]: sometimes, pass: mostly }, by: elsewhereAnswered },
  ],
});

/** The rule for the proxy's paths leads elsewhere, and the host's others lead to the API. */
const proxyPathsElsewhere = (share: number, by: readonly Answerer[]): Variant => ({
  share,
  effects: [
    { when: throughProxyRoute, shows: { 'route-not-found': always }, by },
    // Their requests without a valid key take the same rule.
    { when: { crosses: ['key-check'] }, shows: { 'route-not-found': even, pass: even }, by },
    { shows: passes },
  ],
});

/** The page of somebody who has taken the host out of service: with 503, as it should be, or with 200. */
const closedOnPurpose = (
  [
    ['lb-no-target', { 'lb-no-target': always }],
    ['unexpected-body', pageMayBeEmpty],
  ] as const
).map(
  ([mode, ofPages]): Variant => ({
    share: rarely,
    isVague: true,
    effects: [
      ...frontWorks,
      { when: ofPreflight, shows: { [mode]: even, 'cors-rejected': even }, says: ['maintenance'] },
      { when: anyPage, shows: ofPages, says: ['maintenance'] },
      { shows: { [mode]: always }, says: ['maintenance'], aloud: true },
    ],
  }),
);

/** A login or a rule answers in place of the application on the whole host. */
const answersInFront = (
  [
    ['auth-rejected', sometimes, {}],
    ['forbidden', sometimes, {}],
    ['redirect-unexpected', sometimes, { says: ['leads-to-login'] }],
  ] as const
).map(
  ([mode, part, said]): Variant => ({
    share: rarely * part,
    isVague: true,
    effects: [
      ...frontWorks,
      { when: ofPreflight, shows: { [mode]: even, 'cors-rejected': even } },
      // Some accept the refusal itself, others want it in the application's form.
      { when: { refusal: true }, shows: { [mode]: sometimes, 'unexpected-body': even, pass: sometimes }, by: inFront },
      { when: anyPage, shows: { [mode]: even, pass: even }, by: inFront },
      // A gateway before MLflow is a matter of MLflow's own.
      { when: { hosts: ['registry', 'api', 'platform', 'auth'] }, shows: { [mode]: always }, by: inFront, ...said },
    ],
  }),
);

/** A rule has a condition, such as a method, and requests that write do not meet it. */
const rulesOfReads = (['route-not-found', 'lb-no-route'] as const).flatMap((mode) => filterOfWrites(rarely, mode));

/** The rules of the balancers. */
export const routingHypotheses = {
  'alb-routing-misconfigured': {
    prior: 0.85,
    hop: 'rule',
    scope: 'host',
    variants: [
      {
        share: always,
        effects: [
          { when: onPort80, shows: { pass: always, 'lb-no-route': rarely } },
          // MLflow's pages may have a rule of their own on the host.
          {
            when: { crosses: ['mlflow'], avoids: ['proxy-route'], hosts: ['registry'] },
            shows: { 'lb-no-route': mostly, pass: sometimes },
          },
          { shows: { 'lb-no-route': always } },
        ],
      },
      // Only the proxy's paths, or everything but the root.
      {
        share: sometimes,
        effects: [
          { when: throughProxyRoute, shows: { 'lb-no-route': always } },
          { when: { crosses: ['key-check'] }, shows: { 'lb-no-route': even, pass: even } },
          { shows: { pass: always, 'lb-no-route': rarely } },
        ],
      },
      proxyPathsElsewhere(rarely, ['unknown']),
      // Some of the application's other paths have no rule.
      {
        share: rarely * sometimes,
        scope: 'service',
        isVague: true,
        effects: [
          port80Works,
          { when: ofHealth, shows: { pass: even, 'route-not-found': even }, by: ['unknown'] },
          { shows: passes },
        ],
      },
      // MLflow's own route: the host's next rule takes it to the API, which does not know it, or no rule matches.
      pastApi('route-not-found'),
      pastApi('lb-no-route'),
      // A fixed response without a mark of the balancer's: a 404 or a page. It may as well be another application's.
      { share: even, effects: [port80Works, { shows: { 'route-not-found': always }, by: ['unknown'] }] },
      // The same page for every path. Another application may do so, too.
      {
        share: sometimes,
        isVague: true,
        effects: [
          port80OfDefault,
          { when: ofPreflight, shows: { 'cors-rejected': mostly, pass: rarely } },
          { when: anyPage, shows: pageMayBeEmpty },
          { shows: { 'unexpected-body': always, 'unexpected-answerer': rarely }, by: ['unknown', 'login-page'] },
        ],
      },
      // The balancer's own fixed response, with a status that usually means success.
      {
        share: rarely,
        effects: [port80OfDefault, handshakeWorks, { shows: { 'unexpected-answerer': always }, by: ['balancer'] }],
      },
      // A default site has a page of its own at the root, and nothing elsewhere.
      {
        share: rarely,
        effects: [
          port80OfDefault,
          { when: itsRoot, shows: { pass: mostly, 'unexpected-body': rarely } },
          {
            when: ofPreflight,
            shows: { 'lb-no-route': even, 'route-not-found': sometimes, 'cors-rejected': sometimes },
          },
          { shows: { 'lb-no-route': always }, by: ['nginx', 'unknown', 'balancer'] },
        ],
      },
      ...closedOnPurpose,
      ...answersInFront,
      ...rulesOfReads,
      // A rule whose target group has no target.
      {
        share: rarely,
        effects: [port80Works, { shows: { 'lb-no-target': always } }],
      },
    ],
  },
  'alb-wrong-target-group': {
    prior: 0.25,
    hop: 'rule',
    scope: 'service',
    variants: [
      // A rule forwards the API's paths to MLflow, which knows none of the proxy's. Its own API has the same prefix.
      // Rare: a proxy that forwards a wrong prefix looks the same except for the proxy's own answer.
      {
        share: rarely,
        effects: [
          port80Works,
          { when: { crosses: ['database'] }, shows: { 'route-not-found': mostly, pass: sometimes }, by: ['mlflow'] },
          { when: throughProxyRoute, shows: { 'route-not-found': always }, by: ['mlflow'] },
          // No rule asks for a key: MLflow finds nothing there either. Seldom does a gateway before it refuse.
          { when: { refusal: true }, shows: { 'route-not-found': always, pass: rarely }, by: ['mlflow'] },
          {
            when: ofPreflight,
            shows: { 'cors-rejected': sometimes, 'route-not-found': even, pass: rarely },
          },
          { when: ofHealth, shows: { 'route-not-found': even, pass: even }, by: ['mlflow'] },
          // The root has a rule of its own.
          { shows: passes },
        ],
      },
      proxyPathsElsewhere(sometimes, ['nginx', 'unknown']),
      // One task of another service is in the group: some requests meet it.
      {
        share: sometimes,
        isVague: true,
        effects: [
          port80Works,
          {
            when: itsRoot,
            shows: { pass: mostly, 'route-not-found': sometimes },
            by: anotherService,
          },
          { shows: { 'route-not-found': sometimes, pass: often }, by: anotherService },
        ],
      },
      // A service that knows none of the paths, not even the root, which each of the platform's has: it shows that it is one, or not.
      ...(
        [
          [sometimes, ['application', 'mlflow', 'nginx']],
          [rarely * rarely, ['unknown']],
        ] as const
      ).map(
        ([share, by]): Variant => ({
          share,
          effects: [
            port80Works,
            { when: ofPreflight, shows: { 'route-not-found': often, 'cors-rejected': even } },
            { shows: { 'route-not-found': always }, by },
          ],
        }),
      ),
      // Another application at the platform's pages, which may be any.
      {
        share: sometimes * even,
        scope: 'platform',
        isVague: true,
        effects: [
          {
            when: { kinds: ['http'], port: 443, crosses: ['platform'] },
            shows: { 'unexpected-body': always },
            says: ['page-of-another'],
            aloud: true,
          },
        ],
      },
      // Another service, or static pages: unknown paths give 404.
      {
        share: even,
        effects: [
          port80Works,
          { when: ofHealth, shows: { pass: even, 'route-not-found': even, 'unexpected-body': rarely } },
          { when: ofPreflight, shows: { 'route-not-found': even, 'cors-rejected': even } },
          // Every service has a root.
          {
            when: itsRoot,
            shows: { pass: mostly, 'route-not-found': hardlyEver, 'unexpected-body': rarely },
          },
          {
            shows: { 'route-not-found': always, 'unexpected-body': rarely, 'unexpected-status': rarely },
            by: anotherService,
          },
        ],
      },
      // A single-page application: every path gives 200. So does a default site, if its page is not empty.
      {
        share: even,
        isVague: true,
        effects: [
          port80Works,
          { when: ofPreflight, shows: { 'cors-rejected': mostly, 'route-not-found': rarely, pass: rarely } },
          { when: anyPage, shows: { pass: mostly, 'unexpected-body': rarely } },
          {
            shows: { 'unexpected-body': always, 'unexpected-answerer': rarely },
            by: [...anotherService, 'login-page'],
          },
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
