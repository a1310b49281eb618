import { describe, expect, it } from 'vitest';
import { problemsOf } from './documents.ts';

/** Each document with what is said about it, in the order of its lines: the place, the path, the reason. */
const said: readonly { readonly title: string; readonly text: string; readonly expected: readonly string[] }[] = [
  {
    title: 'a name server that is not an address',
    text: 'network: { dnsServers: [dns.example] }\n',
    expected: [
      '1:25  network.dnsServers[0]  is not the address of a DNS server; an IP address with or without a port: 10.0.0.2, 127.0.0.1:5300 or [::1]:53; a name would itself have to be resolved',
    ],
  },
  {
    title: 'an http URL with a key, real or made up',
    text: 'targets:\n  a.b: { url: "http://api.hokus.ai/", auth: bearer }\n  api.http-redirect: { auth: x-api-key-made-up }\n',
    expected: [
      '2:15  targets.a.b.url  would send a key over http, where anyone can read it; use https, or `auth: none`',
      '3:30  targets.api.http-redirect.auth  would send a key over http, where anyone can read it; use https, or `auth: none`',
    ],
  },
  {
    title: 'a key for a host that is not allowed, with the fix',
    text: 'targets:\n  a.b: { url: "https://other.example/", auth: bearer }\n  auth.validate-bearer: { url: "https://auth.example/" }\n',
    expected: [
      '2:15  targets.a.b.url  would send the key to other.example, which is not a platform host; to allow it: credentials: { allowedHosts: ["other.example"] }; otherwise `auth: none`',
      '3:32  targets.auth.validate-bearer.url  would send the key to auth.example, which is not a platform host; to allow it: credentials: { allowedHosts: ["auth.example"] }; otherwise `auth: none`',
    ],
  },
  {
    title: 'credentials hidden in headers',
    text: 'targets: { api.root: { headers: { Authorization: a, x-api-key: b, Cookie: c } } }\n',
    expected: ['Authorization', 'x-api-key', 'Cookie'].map(
      (name) =>
        `targets.api.root.headers.${name}  carries credentials; remove it and set \`auth: bearer\` or \`auth: x-api-key\`: the key then goes to allowed hosts only, never into a report`,
    ),
  },
  {
    title: 'a header that would break the request',
    text: 'targets: { api.root: { headers: { Host: a, "a b": b, x: "a\\nb", X: c } } }\n',
    expected: [
      '1:35  targets.api.root.headers.Host  is set by the connection itself; remove it; use network.connectTo to reach another server under the same name',
      '1:44  targets.api.root.headers.a b  is not a valid header name; letters, digits and `-`',
      '1:57  targets.api.root.headers.x  cannot be sent as a header; one line of printable characters (Latin-1), at most 8192',
    ],
  },
  {
    title: 'a request and an expectation that do not fit together',
    text: 'targets:\n  a.b: { url: "https://a.example/", body: x, expect: { json: true, contains: y } }\n  a.c: { url: "https://a.example/", method: HEAD, expect: { contains: y }, headers: { a: b, A: c } }\n',
    expected: [
      '2:37  targets.a.b.body  GET sends no body; set `method: POST`, or remove the body',
      '2:46  targets.a.b.expect  contains, json exclude each other; keep one',
      '3:61  targets.a.c.expect.contains  a response to HEAD has no body to check; set `method: GET`, or expect only a status',
      '3:93  targets.a.c.headers.A  is given twice: header names ignore case; keep one',
    ],
  },
  {
    title: 'several expectations of one body, or one of a response without a body',
    text: 'targets:\n  a.b: { url: "https://a.example/", expect: { health: true, version: true, list: models } }\n  a.c: { url: "https://a.example/", expect: { status: [301, 204], health: true } }\n  a.d: { url: "https://a.example/", method: HEAD, expect: { version: "1.2" } }\n  api.http-redirect: { expect: { contains: x } }\n',
    expected: [
      '2:37  targets.a.b.expect  health, list, version exclude each other; keep one',
      '3:67  targets.a.c.expect.health  a response with this status has no body to check; expect only the status',
      '4:61  targets.a.d.expect.version  a response to HEAD has no body to check',
      '5:34  targets.api.http-redirect.expect.contains  a response with this status has no body to check',
    ],
  },
  {
    title: 'a version that YAML reads as a number, with the advice to quote it',
    text: 'targets: { a.b: { url: "https://a.example/", expect: { version: 2.9 } } }\n',
    expected: [
      '1:65  targets.a.b.expect.version  is neither true nor a version; write the version in quotes, such as "2.9.2"; true accepts any version',
    ],
  },
  {
    title: 'a key that belongs to another kind of target, with that kind',
    text: 'targets:\n  a.b: { url: "https://a.example/", certificateDays: 3 }\n  a.c: { kind: tls, name: a.example, url: "https://a.example/", expect: { status: 200 } }\n  a.d: { kind: dns, name: a.example, port: 53 }\n  api.certificate: { balancer: x }\n  api.dns: { kind: tls }\n',
    expected: [
      '2:37  targets.a.b.certificateDays  belongs to targets of kind tls; this one is of kind http; remove it, or set `kind: tls`',
      '3:38  targets.a.c.url  belongs to targets of kind http; this one is of kind tls; remove it, or set `kind: http`',
      '3:65  targets.a.c.expect  belongs to targets of kind http; this one is of kind tls',
      '4:38  targets.a.d.port  belongs to targets of kind tls; this one is of kind dns; remove it, or set `kind: tls`',
      '5:22  targets.api.certificate.balancer  belongs to targets of kind dns; this one is of kind tls; remove it',
      '6:14  targets.api.dns.kind  cannot be changed: this default target is of kind dns; remove it',
    ],
  },
  {
    title: 'a target without a kind, as distinct from a mistyped default id',
    text: 'targets:\n  my.name: { name: a.example }\n  my.days: { certificateDays: 3, port: 8443 }\n  app.dns: { name: a.example }\n  api.certificat: { certificateDays: 3 }\n  external.contol: { name: a.example }\n  my.empty: {}\n',
    expected: [
      '2:3  targets.my.name  has no `kind`; add `kind: dns` or `kind: tls`, because it has name',
      '3:3  targets.my.days  has no `kind`; add `kind: tls`, because it has certificateDays, port',
      '4:3  targets.app.dns  has no `kind`; add `kind: dns` or `kind: tls`, because it has name',
      '5:3  targets.api.certificat  no such target; did you mean api.certificate?',
      '6:3  targets.external.contol  no such target; did you mean external.control?',
      '7:3  targets.my.empty  no such target; your own target needs a `url` or a `kind`',
    ],
  },
  {
    title: 'a name or certificate target without its host, and an unknown kind',
    text: 'targets:\n  my.a: { kind: dns }\n  my.b: { kind: tls, port: 0 }\n  my.c: { kind: DNS, name: a.example }\n  my.d: { kind: dns, name: 10.0.0.1 }\n  my.e: { kind: tls, name: "https://a.example" }\n',
    expected: [
      '2:3  targets.my.a  `name` is missing',
      '3:3  targets.my.b  `name` is missing',
      '3:28  targets.my.b.port  is too small, at least 1',
      '4:17  targets.my.c.kind  is not one of the choices; did you mean dns? (http, dns, tls)',
      '5:28  targets.my.d.name  is an address, not a name; the name alone, such as registry.hokus.ai',
      '6:28  targets.my.e.name  is not a host name',
    ],
  },
  {
    title: 'a target that waits for itself or for an unknown one',
    text: 'targets:\n  api.root: { after: [auth.rot] }\n  api.health: { after: [api.v1-health] }\n  api.v1-health: { after: [api.health] }\n',
    expected: [
      '2:23  targets.api.root.after[0]  no such target to wait for; did you mean auth.root?',
      '3:17  targets.api.health.after  waits for itself; api.health → api.v1-health → api.health',
      '4:20  targets.api.v1-health.after  waits for itself; api.v1-health → api.health → api.v1-health',
    ],
  },
  {
    title: 'an id that cannot be a metric dimension or a command-line argument',
    text: 'targets: { "my extra": { url: "https://a.example/" } }\n',
    expected: [
      '1:12  targets.my extra  is not a valid target id; letters, digits, `.`, `_` and `-`, at most 100, starting with a letter, such as my.extra; the part before the first `.` is its group',
    ],
  },
  {
    title: 'a target that needs a key when there is none',
    text: 'credentials: { apiKey: none }\ntargets: { a.b: { url: "https://api.hokus.ai/", auth: bearer } }\n',
    expected: [
      '2:12  targets.a.b  needs a key, but credentials.apiKey is none; set credentials.apiKey: { env: HOKUSAI_API_KEY }, or set `auth: none`',
    ],
  },
  {
    title: 'a reference that holds the key itself instead of its place',
    text: 'credentials: { apiKey: some-secret-value }\n',
    expected: [
      '1:24  credentials.apiKey  does not say where the key is kept; one of { env: HOKUSAI_API_KEY }, { file: PATH }, { secretsManager: ARN, field: NAME }, { ssm: NAME } or none; never the key itself',
    ],
  },
  {
    title: 'a prefix that is too short for the flow to delete by',
    text: 'registration: { modelPrefix: "", through: "http://registry.hokus.ai/", cleanupThrough: ["https://other.example/"] }\n',
    expected: [
      '1:30  registration.modelPrefix  is not a valid model prefix; at least 3 of letters, digits, `.`, `_` and `-`, starting with a letter or digit: the flow deletes models with this prefix',
    ],
  },
  {
    title: 'a flow that would send its key to an unknown host',
    text: 'registration: { through: "http://registry.hokus.ai/", cleanupThrough: ["https://other.example/"] }\n',
    expected: [
      '1:26  registration.through  would send a key over http, where anyone can read it; use https',
      '1:72  registration.cleanupThrough[0]  would send the key to other.example, which is not a platform host; to allow it: credentials: { allowedHosts: ["other.example"] }',
    ],
  },
  {
    title: 'a flow URL with a query or credentials, because paths are appended to it',
    text: 'registration: { through: "https://registry.hokus.ai/api/mlflow?a=b", cleanupThrough: ["https://registry.hokus.ai/#x", "/mlflow"] }\n',
    expected: [
      '1:26  registration.through  has a query or a fragment; paths are appended to it: end it before the `?` or `#`',
      '1:87  registration.cleanupThrough[0]  has a query or a fragment',
      '1:119  registration.cleanupThrough[1]  is not a URL',
    ],
  },
  {
    title: 'a flow that is switched on without a key',
    text: 'credentials: { apiKey: none }\nregistration: { enabled: true }\n',
    expected: [
      '2:17  registration.enabled  needs a key, but credentials.apiKey is none; set credentials.apiKey: { env: HOKUSAI_API_KEY }, or set `enabled: false`',
    ],
  },
  {
    title: 'a target with a name that the flow uses in reports and baselines',
    text: 'targets: { registration.create-run: { url: "https://api.hokus.ai/" }, registration: { url: "https://api.hokus.ai/" } }\n',
    expected: [
      '1:12  targets.registration.create-run  is reserved for the model-registration flow; give your target another id, such as my.registration',
      '1:71  targets.registration  is reserved for the model-registration flow',
    ],
  },
  {
    title: 'incident settings with which no incident could open',
    text: 'incidents: { open: { failures: 4, of: 3 }, remindEvery: 1s }\n',
    expected: [
      '1:14  incidents.open  can never happen: `failures` is more than `of`; such as { failures: 2, of: 3 }',
      '1:57  incidents.remindEvery  is out of range; between 1m and 30d',
    ],
  },
  {
    title: 'a rule for an unknown id, because it would never apply',
    text: 'incidents:\n  openAtOnce: [registration, registry.helth]\n  severity: { service-discovry-broken: critical, api: warning }\n  mute: [{ host: registri, until: 2026-11-22T06:00Z }]\n',
    expected: [
      '2:30  incidents.openAtOnce[1]  is not the id of a target or host; did you mean registry.health?',
      '3:15  incidents.severity.service-discovry-broken  is not the id of a target, host or hypothesis; did you mean service-discovery-broken?',
      '4:18  incidents.mute[0].host  is not the id of a host; did you mean registry?',
    ],
  },
  {
    title: 'a mute without a subject',
    text: 'incidents:\n  mute:\n    - { until: 2026-11-22T06:00Z }\n    - { host: api, target: api.root, until: 2026-11-22T06:00Z }\n',
    expected: [
      '3:7  incidents.mute[0]  does not say what to mute; give exactly one of target, host and hypothesis',
      '4:7  incidents.mute[1]  does not say what to mute; give exactly one of target, host and hypothesis',
    ],
  },
  {
    title: 'a mute without an end, or with an end without a zone',
    text: 'incidents: { mute: [{ host: api, until: 2026-11-22 06:00 }, { host: api, until: "2026-13-41T06:00Z" }] }\n',
    expected: [
      '1:41  incidents.mute[0].until  is not a valid date and time; date, time and zone, such as 2026-11-22T06:00Z or 2026-11-22T07:00+01:00',
      '1:81  incidents.mute[1].until  is not a valid date and time; date, time and zone, such as 2026-11-22T06:00Z or 2026-11-22T07:00+01:00',
    ],
  },
  {
    title: 'a topic that is not an ARN, and a webhook that is not a reference',
    text: 'notify:\n  topics: { critical: hokusai-alerts }\n  webhook: "https://hooks.example/services/x"\n',
    expected: [
      '2:23  notify.topics.critical  is not the ARN of an SNS topic; such as arn:aws:sns:us-east-1:123456789012:hokusai-synthetics-critical',
      '3:12  notify.webhook  does not say where the key is kept; one of { env: HOKUSAI_API_KEY }, { file: PATH }, { secretsManager: ARN, field: NAME }, { ssm: NAME } or none; never the key itself',
    ],
  },
  {
    title: 'a duration without a unit',
    text: 'incidents: { remindEvery: 60, open: { failures: 1 } }\n',
    expected: [
      '1:27  incidents.remindEvery  is not a duration; a number with its unit: 500ms, 60s, 5m, 1h or 1d',
      '1:31  incidents.open  `of` is missing',
    ],
  },
];

describe('validation, before any request,', () => {
  it.each(said)('refuses $title', async ({ text, expected }) => {
    const found = await problemsOf(text);
    expect(found).toHaveLength(expected.length);
    for (const [index, problem] of expected.entries()) {
      expect(found[index]).toMatch(/^synthetics\.yaml:\d+:\d+ {2}/);
      expect(found[index]).toContain(problem);
    }
  });

  it('accepts only a plain name as a host', async () => {
    for (const host of [
      'https://a.example',
      'a.example:443',
      'a.example/x',
      'a..b',
      '*.a.example',
      '-a',
      '1.2.3.4.5',
      '',
    ])
      expect(await problemsOf(`hosts: { api: "${host}" }`), host).toEqual([
        expect.stringContaining('is not a host name'),
      ]);
    expect(await problemsOf('hosts: { api: 127.0.0.1, auth: localhost }')).toEqual([]);
  });

  it.each([
    ['a.example', 'is not a URL'],
    ['https://', 'is not a URL'],
    ['https://a b.example/', 'is not a URL'],
    ['ftp://a.example/', 'is neither http nor https'],
    ['javascript://a.example/', 'is neither http nor https'],
    ['https://me@a.example/', 'contains a user name or password'],
    ['https://a.example:0/', 'has an invalid port'],
    ['https://a.example:70000/', 'is not a URL'],
  ])('refuses the URL %s', async (url, reason) => {
    expect(await problemsOf(`targets: { a.b: { url: "${url}" } }`)).toEqual([expect.stringContaining(reason)]);
  });
});
