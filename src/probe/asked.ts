import type { Settings } from '../config/settings.ts';
import { shellWord } from '../model/own-command.ts';
import type { Asked } from '../model/report.ts';
import type { CredentialForm, Target } from '../model/target.ts';
import { Raw } from '../raw/raw.ts';
import { credentialHeaders } from './identity.ts';
import type { HttpProxy } from './proxy.ts';
import { type ProbeTools, rewire, rewiring } from './tools.ts';

type Tools = Pick<
  ProbeTools,
  'keep' | 'connectTo' | 'chooseProxy' | 'otherClients' | 'keyVariable' | 'caFile' | 'hasOwnDns'
>;

/** A request as it was sent. */
export interface Sent {
  readonly method: string;
  readonly url: Raw;
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: CredentialForm;
  /** Null: none, or bytes. */
  readonly body: Raw | null;
  readonly timeoutMs: number;
  /** Follows redirects. */
  readonly follows: boolean;
  /** The address that answered, with its port; null: unknown. */
  readonly address: string | null;
}

/** What a target asks, with a command that asks it again. The key is the name of a variable. */
export const askedOf = (target: Target, tools: Tools, address: string | null): Asked => {
  switch (target.kind) {
    case 'dns':
      return {
        method: 'DNS',
        url: `dns:${target.name}`,
        headers: {},
        body: null,
        command: `dig +noall +comments +answer ${shellWord(target.name)}`,
      };
    case 'tls': {
      const url = `https://${target.name}:${target.port}/`;
      const words = [
        ...['-sSvI', '-o', '/dev/null', ...limits(target.timeoutMs)].map(shellWord),
        ...network(tools, new URL(url), address),
        shellWord(url),
      ];
      return { method: 'TLS', url, headers: {}, body: null, command: `curl ${words.join(' ')}` };
    }
    case 'http': {
      const { method, headers, auth, body, timeoutMs, redirects } = target;
      const sent = { method, headers, auth, timeoutMs, follows: redirects === 'follow', address };
      return askedOfSent({ ...sent, url: Raw.from(target.url), body: body === null ? null : Raw.from(body) }, tools);
    }
  }
};

export const askedOfSent = (sent: Sent, tools: Tools): Asked => {
  const { method, headers, auth, body, timeoutMs, follows } = sent;
  const keep = (text: string): string => tools.keep(Raw.from(text), 'asked');
  const address = tools.keep(sent.url, 'asked');
  const variable = `$${tools.keyVariable ?? 'HOKUSAI_API_KEY'}`;
  // The key only goes over a verified connection.
  const key = address.startsWith('https:') ? credentialHeaders(auth, variable) : {};
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, keep(value)]));
  const sentBody = body === null ? null : tools.keep(body, 'asked');
  const shown: Readonly<Record<string, string>> = { ...plain, ...key };
  const hasType = Object.keys(shown).some((name) => name.toLowerCase() === 'content-type');
  const words = [
    ...['-sS', '-g', '--path-as-is', '--http1.1', ...limits(timeoutMs)].map(shellWord),
    ...network(tools, new URL(address), sent.address),
    ...(method === 'HEAD' ? ['-I'] : ['-i', ...(method === 'GET' ? [] : ['-X', shellWord(method)])]),
    ...(follows ? ['-L'] : []),
  ];
  const named = [
    ...Object.entries(plain).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    // The shell fills in the key. Nothing else of this header comes from outside.
    ...Object.entries(key).map(([name, value]) => `-H "${name}: ${value}"`),
  ];
  // curl would add a type of its own.
  const data =
    sentBody === null ? [] : [...(hasType ? [] : ["-H 'content-type:'"]), `--data-raw ${shellWord(sentBody)}`];
  return {
    method,
    url: address,
    headers: shown,
    body: sentBody,
    command: `curl ${[...words, ...named, ...data, shellWord(address)].join(' ')}`,
  };
};

/** Whole seconds, because old versions of curl know no others. */
const limits = (timeoutMs: number): readonly string[] => ['-m', String(Math.max(1, Math.ceil(timeoutMs / 1_000)))];

/** The way to the same server, as words of a shell. curl does not know our name servers, so the address that answered stands for them. */
const network = (tools: Tools, url: URL, answered: string | null): readonly string[] => {
  const { connectTo, caFile, hasOwnDns } = tools;
  const isPlain = url.protocol === 'http:';
  const port = url.port === '' ? (isPlain ? 80 : 443) : Number(url.port);
  const entry = rewiring(connectTo, url.hostname, port);
  const proxy = proxyFor(tools, url.hostname.replace(/^\[|\]$/g, ''), port, !isPlain);
  const to =
    hasOwnDns === true && answered !== null && proxy === null
      ? answered
      : entry === undefined
        ? null
        : [entry.toHost, entry.toPort].map((part) => part ?? '').join(':');
  return [
    ...(to === null ? [] : ['--connect-to', shellWord(`${url.hostname}:${port}:${to}`)]),
    ...proxyWords(proxy, isPlain, tools.otherClients),
    ...(caFile === undefined || isPlain ? [] : ['--cacert', shellWord(caFile)]),
  ];
};

/** Null: directly, or through a proxy that is not spoken here. */
const proxyFor = (tools: Tools, name: string, port: number, secured: boolean): HttpProxy | null => {
  const to = rewire(tools.connectTo, name, port);
  try {
    return tools.chooseProxy(secured, to.host, to.port);
  } catch {
    return null;
  }
};

/** Says what curl would otherwise take from its environment. The user and password of a proxy are a variable of the reader. */
const proxyWords = (proxy: HttpProxy | null, isPlain: boolean, env: Tools['otherClients']): readonly string[] => {
  if (proxy === null) return env?.useProxy === true ? ['--noproxy', "'*'"] : [];
  const { host, port, authorization } = proxy;
  return [
    '-x',
    shellWord(`http://${host.includes(':') ? `[${host}]` : host}:${port}`),
    // Like the prober, which asks a proxy for a connection only.
    ...(isPlain ? ['-p'] : []),
    ...(authorization === null ? [] : ['-U', '"$PROXY_USER"']),
    ...(env?.exemptNames === true ? ['--noproxy', "''"] : []),
  ];
};

/** The name of the variable that holds the key, if it comes from one. */
export const keyVariableOf = ({ apiKey }: Pick<Settings, 'apiKey'>): string =>
  apiKey?.from === 'env' && /^\w+$/.test(apiKey.name) ? apiKey.name : 'HOKUSAI_API_KEY';
