import type { FailureMode } from '../../model/failure-modes.ts';
import { always, even, hardlyEver, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, HypothesisInfo, Variant } from '../../model/hypothesis.ts';
import { handshakeWorks, ofPreflight, ofTls, onPort80, port80Works } from './common.ts';

const atAnotherAddress: Effect = {
  when: { kinds: ['dns'] },
  shows: { pass: mostly, 'dns-unexpected-target': sometimes },
};
const atAnotherBalancer: Effect = {
  when: { kinds: ['dns'] },
  shows: { 'dns-unexpected-target': often, pass: sometimes },
};
const port80OfAnother: Effect = {
  when: onPort80,
  shows: { pass: often, 'redirect-unexpected': rarely, 'lb-no-route': sometimes },
};
const port80Redirects: Effect = { when: onPort80, shows: { pass: mostly, 'redirect-unexpected': sometimes } };

const certificates = ['tls-expired', 'tls-name-mismatch', 'tls-untrusted'] as const;

/** A host has several addresses, one of which fails. Each request takes one of them; the check of the certificate, all. */
const onOneAddress = (mode: FailureMode, share: number, dns: Effect = port80Works): Variant => ({
  share,
  isVague: true,
  effects: [
    dns,
    port80Works,
    { when: ofTls, shows: { [mode]: always }, ofOneAddress: true },
    { shows: { pass: mostly, [mode]: sometimes * often } },
  ],
});

/** The same, before the handshake: clients take the next address. */
const deadAddress = (mode: FailureMode, share: number, dns: Effect = port80Works): Variant => ({
  share,
  isVague: true,
  effects: [
    dns,
    { when: ofTls, shows: { [mode]: always }, ofOneAddress: true },
    { shows: { pass: always, [mode]: rarely } },
  ],
});

/**
 * A firewall drops the packets of every balancer before one service's tasks, or of one of the API's two. A balancer that
 * checks its tasks has taken them out, so it does not wait; AWS's tries them all the same.
 */
const takenOut: readonly Variant[] = (
  [
    ['api', ['registry', 'api'], often],
    ['api', ['registry'], sometimes],
    ['api', ['api'], sometimes],
    ['mlflow', ['registry', 'mlflow'], often],
    ['auth', ['auth'], often],
    ['platform', ['platform'], often],
  ] as const
).map(([service, hosts, part]) => ({
  share: rarely * part,
  scope: 'platform',
  hop: 'target-group',
  effects: [
    {
      when: { crosses: ['target-group', service], avoids: service === 'mlflow' ? ['api'] : [], hosts },
      shows: { 'lb-no-target': always },
      by: ['unknown', 'nginx', 'cdn'],
    },
  ],
}));

/** Between the client and the services: names, certificates, and listeners of the balancers. */
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
      {
        share: sometimes,
        effects: [
          atAnotherBalancer,
          port80OfAnother,
          { shows: { 'tls-name-mismatch': always }, says: ['certificate-of-another'], aloud: true },
        ],
      },
      // The name points to another balancer, which has no rule for it or leads to another application.
      ...(['lb-no-route', 'route-not-found'] as const).map(
        (mode): Variant => ({
          share: mode === 'lb-no-route' ? rarely * often : rarely * rarely,
          effects: [
            atAnotherBalancer,
            handshakeWorks,
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
      // Its versions or ciphers, or a client certificate that it asks for.
      {
        share: rarely,
        isVague: true,
        effects: [{ shows: { 'tls-handshake-failed': always, 'tls-handshake-timeout': rarely } }],
      },
      // The listener has none for this name, and hangs up in the handshake. These hosts share it, and the others work.
      ...(['api', 'platform', 'auth'] as const).map(
        (host): Variant => ({
          share: rarely * sometimes,
          scope: 'platform',
          isVague: true,
          effects: [
            port80Works,
            { when: { hosts: [host] }, shows: { 'connect-reset': always, 'connection-closed': rarely } },
          ],
        }),
      ),
      // On one of several addresses; each check of the certificate tries them all.
      ...certificates.map((mode) => onOneAddress(mode, rarely)),
      // Still valid but not renewed: visible for three weeks before it expires.
      {
        share: sometimes,
        effects: [{ when: ofTls, shows: { 'tls-expires-soon': always } }],
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
        share: rarely * sometimes,
        isVague: true,
        effects: [port80Redirects, { shows: { 'connect-timeout': always } }],
      },
      // Neither port has a listener, or the balancer is gone. Rarer than a name that points elsewhere.
      { share: hardlyEver, effects: [{ shows: { 'connect-refused': always } }] },
      // The listener has only its default action, while port 80 serves the routes itself.
      {
        share: often,
        effects: [
          { when: onPort80, shows: { 'redirect-unexpected': always, pass: rarely } },
          handshakeWorks,
          { shows: { 'lb-no-route': always } },
        ],
      },
      // The same with a default page that does not show its sender.
      {
        share: rarely,
        effects: [
          { when: onPort80, shows: { 'redirect-unexpected': always, pass: rarely } },
          handshakeWorks,
          { shows: { 'route-not-found': always }, by: ['unknown', 'nginx'] },
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
          handshakeWorks,
          { when: onPort80, shows: { pass: mostly, 'redirect-unexpected': rarely, 'redirect-loop': rarely } },
          { when: ofPreflight, shows: { 'redirect-unexpected': even, 'cors-rejected': even } },
          {
            shows: { 'redirect-unexpected': always },
            says: ['leads-to-http'],
            aloud: true,
            by: ['balancer', 'nginx', 'cdn', 'unknown'],
          },
        ],
      },
      // It redirects to itself, or to another place over https.
      {
        share: rarely,
        isVague: true,
        effects: [
          handshakeWorks,
          port80Redirects,
          { when: ofPreflight, shows: { 'redirect-unexpected': even, 'cors-rejected': even } },
          {
            shows: { 'redirect-unexpected': always, 'redirect-loop': rarely },
            says: [],
            by: ['balancer', 'nginx', 'cdn'],
          },
        ],
      },
      // Port 80 redirects to the wrong place …
      {
        share: often,
        effects: [{ when: onPort80, shows: { 'redirect-unexpected': often, 'redirect-loop': sometimes } }],
      },
      // … or not at all.
      {
        share: sometimes,
        effects: [
          {
            when: onPort80,
            shows: { 'lb-no-route': even, 'connect-refused': sometimes, 'connect-timeout': rarely },
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
        hop: 'target-group',
        effects: [{ shows: { 'lb-gateway-timeout': always, 'response-timeout': rarely } }],
      },
      ...takenOut,
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
