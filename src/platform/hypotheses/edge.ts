import type { FailureMode } from '../../model/failure-modes.ts';
import { always, even, hardlyEver, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, HypothesisInfo, Predictions, Variant } from '../../model/hypothesis.ts';

const elsewhereAnswered = ['application', 'balancer', 'nginx'] as const;

const anotherService = ['application', 'mlflow', 'nginx', 'unknown'] as const;

const atAnotherAddress: Effect = {
  when: { kinds: ['dns'] },
  shows: { pass: mostly, 'dns-unexpected-target': sometimes },
};
const atAnotherBalancer: Effect = {
  when: { kinds: ['dns'] },
  shows: { 'dns-unexpected-target': often, pass: sometimes },
};
const port80OfAnother: Effect = {
  when: { port: 80 },
  shows: { pass: often, 'redirect-unexpected': rarely, 'lb-no-route': sometimes },
};
const port80Redirects: Effect = { when: { port: 80 }, shows: { pass: mostly, 'redirect-unexpected': sometimes } };
const port80Works: Effect = { when: { port: 80 }, shows: { pass: always } };

/** A default site may answer on both ports. */
const port80OfDefault: Effect = { when: { port: 80 }, shows: { pass: always, 'redirect-unexpected': rarely } };

/** Requests that accept any page. */
const pageIsEnough: Effect = { when: { crosses: ['proxy-route'], avoids: ['mlflow'] }, shows: { pass: always } };
const rootIsThere: Effect = { when: { avoids: ['key-check', 'mlflow'], health: false }, shows: { pass: always } };

/** The same on a default site, whose page may be empty. */
const pageMayBeEmpty: Predictions = { pass: often, 'unexpected-body': sometimes };

/** MLflow's own route leads elsewhere, and every response on it shows the same mode. */
const pastApi = (mode: 'route-not-found' | 'lb-no-route'): Variant => ({
  share: rarely,
  effects: [
    { when: { crosses: ['mlflow'], avoids: ['proxy-route'] }, shows: { [mode]: always }, by: elsewhereAnswered },
    // A proxy that loses the bodies of DELETE requests sends deletions this way.
    { when: { effect: 'delete' }, shows: { [mode]: even, pass: even }, by: elsewhereAnswered },
  ],
});

const certificates = ['tls-expired', 'tls-name-mismatch', 'tls-untrusted'] as const;

/** A host has several addresses, one of which fails. Each request takes one of them; the check of the certificate, all. */
const onOneAddress = (mode: FailureMode, share: number, dns: Effect = port80Works): Variant => ({
  share,
  isVague: true,
  effects: [
    dns,
    port80Works,
    { when: { kinds: ['tls'] }, shows: { [mode]: always }, ofOneAddress: true },
    { shows: { pass: mostly, [mode]: sometimes * often } },
  ],
});

/** The same, before the handshake: clients take the next address. */
const deadAddress = (mode: FailureMode, share: number, dns: Effect = port80Works): Variant => ({
  share,
  isVague: true,
  effects: [
    dns,
    { when: { kinds: ['tls'] }, shows: { [mode]: always }, ofOneAddress: true },
    { shows: { pass: always, [mode]: rarely } },
  ],
});

/** Between the client and the services: names, certificates, listeners and rules of the balancers. */
export const edgeHypotheses = {
  'dns-misconfigured': {
    prior: 0.4,
    hop: 'dns',
    scope: 'host',
    variants: [
      { share: sometimes, effects: [{ shows: { 'dns-nxdomain': always } }] },
      { share: sometimes, effects: [{ shows: { 'dns-no-address': always } }] },
      { share: sometimes, effects: [{ shows: { 'dns-servfail': always, 'dns-timeout': rarely } }] },
      { share: rarely, effects: [{ shows: { 'dns-timeout': always } }] },
      { share: rarely, effects: [{ shows: { 'dns-refused': always } }] },
      // The name points to another balancer, which has no certificate for it.
      {
        share: rarely,
        effects: [
          atAnotherBalancer,
          port80OfAnother,
          { shows: { 'tls-name-mismatch': always, 'tls-untrusted': rarely } },
        ],
      },
      // The name points to another balancer, which has no rule for it or leads to another application.
      ...(['lb-no-route', 'route-not-found'] as const).map(
        (mode): Variant => ({
          share: mode === 'lb-no-route' ? rarely * often : rarely * sometimes,
          effects: [
            atAnotherBalancer,
            { when: { kinds: ['tls'] }, shows: { pass: always } },
            port80OfAnother,
            { shows: { [mode]: always, 'unexpected-answerer': rarely } },
          ],
        }),
      ),
      // The name points to an address that is no longer in use, or to a machine that does not listen.
      {
        share: rarely,
        effects: [atAnotherAddress, { shows: { 'connect-timeout': always } }],
      },
      {
        share: rarely,
        effects: [atAnotherAddress, { shows: { 'connect-refused': always } }],
      },
      {
        share: rarely,
        effects: [atAnotherAddress, { shows: { 'connect-unreachable': always } }],
      },
      // One of several addresses is no longer in use, or is another machine's.
      ...(['connect-timeout', 'connect-refused'] as const).map((mode) => deadAddress(mode, rarely, atAnotherAddress)),
      ...(['tls-name-mismatch', 'tls-untrusted', 'tls-handshake-failed'] as const).map((mode) =>
        onOneAddress(mode, rarely * even, atAnotherAddress),
      ),
    ],
  },
  'tls-certificate-invalid': {
    prior: 0.2,
    hop: 'tls',
    scope: 'host',
    variants: [
      { share: even, effects: [{ shows: { 'tls-expired': always } }] },
      { share: sometimes, effects: [{ shows: { 'tls-name-mismatch': always } }] },
      { share: sometimes, effects: [{ shows: { 'tls-untrusted': always } }] },
      { share: rarely, effects: [{ shows: { 'tls-not-yet-valid': always } }] },
      { share: rarely, effects: [{ shows: { 'tls-handshake-failed': always, 'tls-handshake-timeout': rarely } }] },
      // On one of several addresses; each check of the certificate tries them all.
      ...certificates.map((mode) => onOneAddress(mode, rarely)),
      // Still valid but not renewed: visible for three weeks before it expires.
      {
        share: sometimes,
        effects: [{ when: { kinds: ['tls'] }, shows: { 'tls-expires-soon': always } }],
      },
    ],
  },
  'https-listener-missing': {
    prior: 0.4,
    hop: 'listener',
    scope: 'host',
    variants: [
      // No listener at all: refused, or dropped if the security group has no rule for the port either.
      {
        share: sometimes,
        effects: [port80Redirects, { shows: { 'connect-refused': always } }],
      },
      {
        share: rarely,
        effects: [port80Redirects, { shows: { 'connect-timeout': always } }],
      },
      // Neither port has a listener, or the balancer is gone. Rarer than a name that points elsewhere.
      { share: hardlyEver, effects: [{ shows: { 'connect-refused': always } }] },
      // The listener has only its default action, while port 80 serves the routes itself.
      {
        share: often,
        effects: [
          { when: { port: 80 }, shows: { 'redirect-unexpected': always, pass: rarely } },
          { when: { kinds: ['tls'] }, shows: { pass: always } },
          { shows: { 'lb-no-route': always } },
        ],
      },
    ],
  },
  'https-redirect-broken': {
    prior: 0.15,
    hop: 'listener',
    scope: 'host',
    variants: [
      // Port 443 redirects back to port 80.
      {
        share: sometimes,
        effects: [
          { when: { kinds: ['tls'] }, shows: { pass: always } },
          { when: { port: 80 }, shows: { pass: mostly, 'redirect-unexpected': rarely, 'redirect-loop': rarely } },
          { when: { preflight: true }, shows: { 'redirect-unexpected': even, 'cors-rejected': even } },
          {
            shows: { 'redirect-unexpected': always },
            says: ['leads-to-http'],
            aloud: true,
            by: ['balancer', 'nginx', 'cdn', 'unknown'],
          },
        ],
      },
      {
        share: always,
        effects: [
          {
            when: { port: 80 },
            shows: {
              'redirect-loop': sometimes,
              'redirect-unexpected': even,
              'lb-no-route': sometimes,
              'connect-refused': rarely,
            },
          },
        ],
      },
    ],
  },
  'security-group-blocking': {
    prior: 0.2,
    hop: 'listener',
    scope: 'host',
    variants: [
      // Blocked between the client and the balancer.
      { share: even, effects: [{ shows: { 'connect-timeout': always } }] },
      {
        share: sometimes,
        effects: [port80Works, { shows: { 'connect-timeout': always } }],
      },
      // Blocked in one of the balancer's subnets.
      deadAddress('connect-timeout', rarely),
      // Blocked between the balancer and its tasks: the balancer answers after ten seconds.
      {
        share: sometimes,
        scope: 'service',
        effects: [
          { when: { crosses: ['target-group'] }, shows: { 'lb-gateway-timeout': always, 'response-timeout': rarely } },
        ],
      },
    ],
  },
  'alb-routing-misconfigured': {
    prior: 0.85,
    hop: 'rule',
    scope: 'host',
    variants: [
      {
        share: often,
        effects: [
          { when: { port: 80 }, shows: { pass: always, 'lb-no-route': rarely } },
          { shows: { 'lb-no-route': always } },
        ],
      },
      // Only the proxy's paths, or everything but the root.
      {
        share: sometimes,
        effects: [
          { when: { crosses: ['proxy-route'] }, shows: { 'lb-no-route': always } },
          { when: { crosses: ['key-check'] }, shows: { 'lb-no-route': even, pass: even } },
          { shows: { pass: always, 'lb-no-route': rarely } },
        ],
      },
      // MLflow's own route: the host's next rule takes it to the API, which does not know it, or no rule matches.
      pastApi('route-not-found'),
      pastApi('lb-no-route'),
      // A fixed response without a mark of the balancer's: a 404 or a page. It may as well be another application's.
      { share: sometimes, effects: [port80Works, { shows: { 'route-not-found': always }, by: ['unknown'] }] },
      // The same page for every path. Another application may do so, too.
      {
        share: sometimes,
        isVague: true,
        effects: [
          port80OfDefault,
          { when: { preflight: true }, shows: { 'cors-rejected': mostly, pass: rarely } },
          { ...pageIsEnough, shows: pageMayBeEmpty },
          { ...rootIsThere, shows: pageMayBeEmpty },
          { shows: { 'unexpected-body': always, 'unexpected-answerer': rarely }, by: ['unknown', 'login-page'] },
        ],
      },
      // The balancer's own fixed response, with a status that usually means success.
      {
        share: rarely,
        effects: [
          port80OfDefault,
          { when: { kinds: ['tls'] }, shows: { pass: always } },
          { shows: { 'unexpected-answerer': always }, by: ['balancer'] },
        ],
      },
      // A default site has a page of its own at the root, and nothing elsewhere.
      {
        share: rarely,
        effects: [
          port80OfDefault,
          { ...rootIsThere, shows: { pass: mostly, 'unexpected-body': rarely } },
          {
            when: { preflight: true },
            shows: { 'lb-no-route': even, 'route-not-found': sometimes, 'cors-rejected': sometimes },
          },
          { shows: { 'lb-no-route': always }, by: ['nginx', 'unknown', 'balancer'] },
        ],
      },
      // A rule whose target group has no target.
      {
        share: rarely,
        effects: [{ when: { port: 80 }, shows: { pass: always } }, { shows: { 'lb-no-target': always } }],
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
          { when: { crosses: ['proxy-route'] }, shows: { 'route-not-found': always }, by: ['mlflow'] },
          // MLflow itself asks for no key and finds nothing; a gateway before it refuses.
          { when: { refusal: true }, shows: { 'route-not-found': even, pass: even }, by: ['mlflow'] },
          {
            when: { preflight: true },
            shows: { 'cors-rejected': sometimes, 'route-not-found': sometimes, pass: sometimes },
          },
          { when: { health: true }, shows: { 'route-not-found': even, pass: even }, by: ['mlflow'] },
          // The root has a rule of its own.
          { shows: { pass: always } },
        ],
      },
      // A service that knows none of the paths, not even the root.
      {
        share: sometimes,
        effects: [
          port80Works,
          { when: { preflight: true }, shows: { 'route-not-found': often, 'cors-rejected': even } },
          { shows: { 'route-not-found': always }, by: anotherService },
        ],
      },
      // Another service, or static pages: unknown paths give 404.
      {
        share: even,
        effects: [
          port80Works,
          { when: { health: true }, shows: { pass: even, 'route-not-found': even, 'unexpected-body': rarely } },
          { when: { preflight: true }, shows: { 'route-not-found': even, 'cors-rejected': even } },
          // Every service has a root.
          {
            when: { avoids: ['key-check', 'mlflow'] },
            shows: { pass: often, 'route-not-found': sometimes, 'unexpected-body': rarely },
          },
          {
            shows: { 'route-not-found': always, 'unexpected-body': rarely, 'unexpected-status': rarely },
            by: anotherService,
          },
        ],
      },
      // A single-page application: every path gives 200.
      {
        share: even,
        effects: [
          port80Works,
          { when: { preflight: true }, shows: { 'cors-rejected': mostly, 'route-not-found': rarely, pass: rarely } },
          pageIsEnough,
          rootIsThere,
          {
            shows: { 'unexpected-body': always, 'unexpected-answerer': rarely },
            by: [...anotherService, 'login-page'],
          },
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
