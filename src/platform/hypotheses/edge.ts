import type { Effect, HypothesisInfo, Variant } from '../../model/hypothesis.ts';

const elsewhereAnswered = ['application', 'balancer', 'nginx'] as const;

const anotherService = ['application', 'mlflow', 'nginx', 'unknown'] as const;

const atAnotherAddress: Effect = { when: { kinds: ['dns'] }, shows: { pass: 0.6, 'dns-unexpected-target': 0.4 } };
const atAnotherBalancer: Effect = { when: { kinds: ['dns'] }, shows: { 'dns-unexpected-target': 0.7, pass: 0.3 } };
const port80OfAnother: Effect = {
  when: { port: 80 },
  shows: { pass: 0.6, 'redirect-unexpected': 0.1, 'lb-no-route': 0.2 },
};
const port80Redirects: Effect = { when: { port: 80 }, shows: { pass: 0.85, 'redirect-unexpected': 0.12 } };
const port80Works: Effect = { when: { port: 80 }, shows: { pass: 0.98 } };

/** MLflow's own route leads elsewhere, which says so in this way. */
const pastApi = (mode: 'route-not-found' | 'lb-no-route'): Variant => ({
  share: 0.05,
  effects: [
    { when: { crosses: ['mlflow'], avoids: ['proxy-route'] }, shows: { [mode]: 0.95 }, by: elsewhereAnswered },
    // Deletions go that way where the proxy loses their bodies.
    { when: { effect: 'delete' }, shows: { [mode]: 0.5, pass: 0.48 }, by: elsewhereAnswered },
  ],
});

/** Between the client and the services: names, certificates, listeners and rules of the balancers. */
export const edgeHypotheses = {
  'dns-misconfigured': {
    prior: 0.4,
    hop: 'dns',
    scope: 'host',
    variants: [
      { share: 0.35, effects: [{ shows: { 'dns-nxdomain': 0.97 } }] },
      { share: 0.15, effects: [{ shows: { 'dns-no-address': 0.95 } }] },
      { share: 0.12, effects: [{ shows: { 'dns-servfail': 0.9, 'dns-timeout': 0.07 } }] },
      { share: 0.08, effects: [{ shows: { 'dns-timeout': 0.95 } }] },
      { share: 0.05, effects: [{ shows: { 'dns-refused': 0.95 } }] },
      // It leads to another balancer, which has no certificate for it.
      {
        share: 0.09,
        effects: [atAnotherBalancer, port80OfAnother, { shows: { 'tls-name-mismatch': 0.9, 'tls-untrusted': 0.05 } }],
      },
      // It leads to another balancer, which has no rule for it.
      {
        share: 0.09,
        effects: [
          atAnotherBalancer,
          { when: { kinds: ['tls'] }, shows: { pass: 0.95 } },
          port80OfAnother,
          { shows: { 'lb-no-route': 0.7, 'route-not-found': 0.2, 'unexpected-answerer': 0.05 } },
        ],
      },
      // It leads to an address where nothing is any more, or something else that does not listen.
      {
        share: 0.045,
        effects: [atAnotherAddress, { shows: { 'connect-timeout': 0.96 } }],
      },
      {
        share: 0.025,
        effects: [atAnotherAddress, { shows: { 'connect-refused': 0.96 } }],
      },
      {
        share: 0.05,
        effects: [atAnotherAddress, { shows: { 'connect-unreachable': 0.96 } }],
      },
    ],
  },
  'tls-certificate-invalid': {
    prior: 0.2,
    hop: 'tls',
    scope: 'host',
    variants: [
      { share: 0.4, effects: [{ shows: { 'tls-expired': 0.97 } }] },
      { share: 0.25, effects: [{ shows: { 'tls-name-mismatch': 0.97 } }] },
      { share: 0.2, effects: [{ shows: { 'tls-untrusted': 0.97 } }] },
      { share: 0.05, effects: [{ shows: { 'tls-not-yet-valid': 0.97 } }] },
      { share: 0.1, effects: [{ shows: { 'tls-handshake-failed': 0.9, 'tls-handshake-timeout': 0.03 } }] },
      // Still valid, and not renewed: it is seen for three weeks before it has expired.
      {
        share: 0.3,
        effects: [{ when: { kinds: ['tls'] }, shows: { 'tls-expires-soon': 0.95 } }],
      },
    ],
  },
  'https-listener-missing': {
    prior: 0.4,
    hop: 'listener',
    scope: 'host',
    variants: [
      // No listener at all: refused, or dropped on the way by a security group that has no rule for the port either.
      {
        share: 0.33,
        effects: [port80Redirects, { shows: { 'connect-refused': 0.97 } }],
      },
      {
        share: 0.07,
        effects: [port80Redirects, { shows: { 'connect-timeout': 0.97 } }],
      },
      // None on either port, or no balancer any more: rarer than a name that leads to something else.
      { share: 0.0012, effects: [{ shows: { 'connect-refused': 0.97 } }] },
      // A listener with nothing but its default action, while port 80 serves the routes itself.
      {
        share: 0.6,
        effects: [
          { when: { port: 80 }, shows: { 'redirect-unexpected': 0.9, pass: 0.05 } },
          { when: { kinds: ['tls'] }, shows: { pass: 0.97 } },
          { shows: { 'lb-no-route': 0.95 } },
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
        share: 0.3,
        effects: [
          { when: { kinds: ['tls'] }, shows: { pass: 0.98 } },
          { when: { port: 80 }, shows: { pass: 0.8, 'redirect-unexpected': 0.1, 'redirect-loop': 0.05 } },
          { when: { preflight: true }, shows: { 'redirect-unexpected': 0.5, 'cors-rejected': 0.46 } },
          {
            shows: { 'redirect-unexpected': 0.96 },
            says: ['leads-to-http'],
            aloud: true,
            by: ['balancer', 'nginx', 'cdn', 'unknown'],
          },
        ],
      },
      {
        share: 1,
        effects: [
          {
            when: { port: 80 },
            shows: { 'redirect-loop': 0.25, 'redirect-unexpected': 0.4, 'lb-no-route': 0.2, 'connect-refused': 0.08 },
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
      // From the client to the balancer.
      { share: 0.5, effects: [{ shows: { 'connect-timeout': 0.97 } }] },
      {
        share: 0.15,
        effects: [port80Works, { shows: { 'connect-timeout': 0.97 } }],
      },
      // From the balancer to its tasks: it says so after ten seconds.
      {
        share: 0.35,
        scope: 'service',
        effects: [
          { when: { crosses: ['target-group'] }, shows: { 'lb-gateway-timeout': 0.95, 'response-timeout': 0.02 } },
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
        share: 0.65,
        effects: [
          { when: { port: 80 }, shows: { pass: 0.9, 'lb-no-route': 0.07 } },
          { shows: { 'lb-no-route': 0.97 } },
        ],
      },
      // The paths of the proxy only, or all but the root.
      {
        share: 0.15,
        effects: [
          { when: { crosses: ['proxy-route'] }, shows: { 'lb-no-route': 0.95 } },
          { when: { crosses: ['key-check'] }, shows: { 'lb-no-route': 0.5, pass: 0.5 } },
          { shows: { pass: 0.9, 'lb-no-route': 0.08 } },
        ],
      },
      // The way past the API to MLflow: the host's next rule takes it to the API, which does not know it, or there is none.
      pastApi('route-not-found'),
      pastApi('lb-no-route'),
      // A rule without a target behind it.
      {
        share: 0.1,
        effects: [{ when: { port: 80 }, shows: { pass: 0.97 } }, { shows: { 'lb-no-target': 0.95 } }],
      },
    ],
  },
  'alb-wrong-target-group': {
    prior: 0.25,
    hop: 'rule',
    scope: 'service',
    variants: [
      // A rule for the API's paths leads to MLflow, which finds none of the proxy's. It has its own API below the same path. Rare: a proxy that
      // passes on a wrong prefix looks the same but for the proxy's own answer.
      {
        share: 0.01,
        effects: [
          port80Works,
          { when: { crosses: ['database'] }, shows: { 'route-not-found': 0.85, pass: 0.14 }, by: ['mlflow'] },
          { when: { crosses: ['proxy-route'] }, shows: { 'route-not-found': 0.97 }, by: ['mlflow'] },
          // MLflow asks for no key: it finds nothing, or a gateway before it refuses.
          { when: { refusal: true }, shows: { 'route-not-found': 0.5, pass: 0.45 }, by: ['mlflow'] },
          { when: { preflight: true }, shows: { 'cors-rejected': 0.35, 'route-not-found': 0.3, pass: 0.3 } },
          { when: { health: true }, shows: { 'route-not-found': 0.5, pass: 0.48 }, by: ['mlflow'] },
          // The root has a rule of its own.
          { shows: { pass: 0.96 } },
        ],
      },
      // A service that knows none of the paths, its root included.
      {
        share: 0.2,
        effects: [
          port80Works,
          { when: { preflight: true }, shows: { 'route-not-found': 0.6, 'cors-rejected': 0.37 } },
          { shows: { 'route-not-found': 0.95 }, by: anotherService },
        ],
      },
      // Another service, or pages that are files: what it does not have, it does not find.
      {
        share: 0.4,
        effects: [
          port80Works,
          { when: { health: true }, shows: { pass: 0.45, 'route-not-found': 0.45, 'unexpected-body': 0.05 } },
          { when: { preflight: true }, shows: { 'route-not-found': 0.5, 'cors-rejected': 0.45 } },
          // The root, which every service has.
          {
            when: { avoids: ['key-check', 'mlflow'] },
            shows: { pass: 0.6, 'route-not-found': 0.25, 'unexpected-body': 0.05 },
          },
          {
            shows: { 'route-not-found': 0.9, 'unexpected-body': 0.03, 'unexpected-status': 0.03 },
            by: anotherService,
          },
        ],
      },
      // Pages that say 200 to every path, and choose what to show in the browser.
      {
        share: 0.4,
        effects: [
          port80Works,
          { when: { preflight: true }, shows: { 'cors-rejected': 0.85, 'route-not-found': 0.05, pass: 0.05 } },
          // Where any answer will do.
          { when: { crosses: ['proxy-route'], avoids: ['mlflow'] }, shows: { pass: 0.95 } },
          { when: { avoids: ['key-check', 'mlflow'], health: false }, shows: { pass: 0.95 } },
          {
            shows: { 'unexpected-body': 0.9, 'unexpected-answerer': 0.05 },
            by: [...anotherService, 'login-page'],
          },
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
