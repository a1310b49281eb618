import type { Hop } from '../platform/hops.ts';
import type { HostRole } from '../platform/hosts.ts';
import type { Answerer } from './answerers.ts';
import type { FailureMode } from './failure-modes.ts';

/** How a request identifies itself. A made-up key has a key's format but belongs to no account. */
export const credentialForms = ['none', 'bearer', 'x-api-key', 'bearer-made-up', 'x-api-key-made-up'] as const;
export type CredentialForm = (typeof credentialForms)[number];

/** True for the forms that carry the real key. */
export const carriesKey = (form: CredentialForm): boolean => form === 'bearer' || form === 'x-api-key';

/** A status, or a class of statuses. */
export type StatusPattern = number | '2xx' | '3xx' | '4xx' | '5xx';

/** A way of asking that only a follow-up uses (platform/follow-ups.ts). */
export type FollowUpKind = 'unneeded-key' | 'made-up-bearer' | 'made-up-x-api-key' | 'again';

/** What a healthy response's body must be. */
export type BodyExpectation =
  | { readonly kind: 'any' }
  | { readonly kind: 'present' }
  | { readonly kind: 'contains'; readonly text: string }
  /** The whole body, ignoring leading and trailing white space. */
  | { readonly kind: 'equals'; readonly text: string }
  | { readonly kind: 'html'; readonly contains: string }
  /** Any JSON object that does not call itself an error. */
  | { readonly kind: 'json' }
  /** A JSON object whose `status` is a health word. */
  | { readonly kind: 'health' }
  /** The response to an MLflow search: an object with this list (omitted when empty) and perhaps a page token. */
  | { readonly kind: 'list'; readonly of: string }
  | { readonly kind: 'version' }
  /** The auth service's response about a key: a JSON object that does not call the key invalid. */
  | { readonly kind: 'key-accepted' };

export interface HttpExpectation {
  readonly status: readonly StatusPattern[];
  readonly body: BodyExpectation;
  /** Permitted answerers; absent: any but the balancer, a firewall, a CDN's error or a login page. */
  readonly answeredBy?: readonly Answerer[];
  /** A status that is healthy only from this answerer, such as MLflow's 404 for a route that it dropped. */
  readonly alsoHealthy?: { readonly status: number; readonly answeredBy: Answerer };
  /**
   * Content that a request without a valid key must not get: a response with it means that the request was let in. A
   * page of the wrong application has other content, and is not taken for a security incident.
   */
  readonly guards?: BodyExpectation;
  /** A 401 must be this refusal. Absent: any refusal will do. */
  readonly refusedAs?: FailureMode;
  /** The response must be a single redirect to https on the same host and path. */
  readonly redirectToHttps?: boolean;
  /** The response must allow this preflight. */
  readonly preflight?: { readonly origin: string; readonly method: string; readonly headers: readonly string[] };
  /** The expected version of the platform, as its health route names it. */
  readonly version?: string;
}

interface TargetBase {
  /** `<host role>.<what>`: stable, a metric dimension. */
  readonly id: string;
  /** Groups targets in reports and metrics: a host role, or the prefix of a custom target. */
  readonly host: string;
  /** The platform's host that it asks; null for any other host. */
  readonly role: HostRole | null;
  readonly title: string;
  readonly hops: readonly Hop[];
  readonly enabled: boolean;
  /** One attempt, all phases. */
  readonly timeoutMs: number;
  /**
   * Ids of the targets that must have answered first, because this request could block the platform while they fail.
   */
  readonly after: readonly string[];
  readonly followUp?: FollowUpKind;
}

export interface HttpTarget extends TargetBase {
  readonly kind: 'http';
  readonly url: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  readonly auth: CredentialForm;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly redirects: 'record' | 'follow';
  readonly expect: HttpExpectation;
}

export interface DnsTarget extends TargetBase {
  readonly kind: 'dns';
  readonly name: string;
  /** Pattern that the end of the CNAME chain must match, if the response shows a chain; null: anywhere. */
  readonly balancer: string | null;
}

export interface TlsTarget extends TargetBase {
  readonly kind: 'tls';
  readonly name: string;
  readonly port: number;
  readonly certificateDays: number;
}

export type Target = HttpTarget | DnsTarget | TlsTarget;

/** What a target looks at: a host's name, its certificate, the redirect from port 80, or what it serves. */
export const aspects = ['name', 'certificate', 'redirect', 'answer'] as const;
export type Aspect = (typeof aspects)[number];

export const aspectOf = (target: Target): Aspect => {
  switch (target.kind) {
    case 'dns':
      return 'name';
    case 'tls':
      return 'certificate';
    case 'http':
      return target.expect.redirectToHttps === true ? 'redirect' : 'answer';
  }
};

/** The name that it is addressed to: for a request, the host of its URL. */
export const nameOf = (target: Target): string =>
  target.kind === 'http' ? new URL(target.url).hostname : target.name.toLowerCase();

/** The port that it connects to. Names are looked up for HTTPS. */
export const portOf = (target: Target): number => {
  if (target.kind === 'dns') return 443;
  if (target.kind === 'tls') return target.port;
  const { protocol, port } = new URL(target.url);
  return port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
};

/**
 * An API's own health route, whose version is the platform's. A custom target counts if it is grouped with the API that
 * it asks (`api.…`). Any other may ask something different there, with a version of its own.
 */
export const namesPlatformVersion = (target: Target): target is HttpTarget =>
  target.kind === 'http' &&
  target.expect.body.kind === 'health' &&
  target.host === target.role &&
  (target.role === 'registry' || target.role === 'api');
