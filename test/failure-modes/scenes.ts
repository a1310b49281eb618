import type { RequestKind } from '../../scripts/pages/failure-table.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import type { LeafOptions } from '../../src/sandbox/network/certificates.ts';
import type { ZoneEntry } from '../../src/sandbox/network/dns-zone.ts';
import {
  plainRogue,
  type RogueName,
  resettingServer,
  rogues,
  silentServer,
  tlsRogue,
} from '../../src/sandbox/network/rogues.ts';
import { type Check, overTls, plainly, redirecting, type Stage } from '../support/stage.ts';
import { answering, balancerSays200, type CannedAnswer, cannedAnswers, experimentStaysDeleted } from './answers.ts';

/** What is set up for a failure mode, and what else the check is told. */
export type Scene = StageScene | { readonly on: 'sandbox'; readonly flags: readonly string[] };

interface StageScene extends Omit<Check, 'targets'> {
  readonly on: 'stage';
  readonly stage: Stage;
  readonly target?: string;
}

/** What is asked where nothing else is said: hosts that have an alarm of their own. */
export const targetOf: Readonly<Record<RequestKind, string>> = {
  http: 'platform.root',
  health: 'auth.health',
  preflight: 'registry.cors-preflight',
  redirect: 'platform.http-redirect',
  name: 'platform.dns',
  certificate: 'platform.certificate',
  step: 'registration',
  'clean-up': 'registration',
};

const well: CannedAnswer = {
  status: 200,
  headers: { server: 'uvicorn', 'content-type': 'application/json' },
  body: '{"status":"healthy"}',
};

const healthy: Stage = {
  https: ({ certificate }) => overTls(certificate, answering(well)),
  http: () => plainly(redirecting),
};

const onStage = (stage: Partial<Stage>, check: Partial<Check> & { readonly target?: string } = {}): StageScene => ({
  on: 'stage',
  stage: { ...healthy, ...stage },
  ...check,
});

const naming = (entry: ZoneEntry | 'gone'): StageScene =>
  onStage({ names: Object.fromEntries(Object.values(defaultHosts).map((name) => [name, entry])) });

const presenting = (options: Partial<LeafOptions>): StageScene =>
  onStage({
    https: async ({ authority }) =>
      overTls(await authority.issue({ names: Object.values(defaultHosts), ...options }), answering(well)),
  });

const misbehaving = (name: RogueName): StageScene =>
  onStage({
    https: ({ certificate }) => tlsRogue(rogues[name], certificate),
    http: () => plainRogue(rogues[name]),
  });

const saying = (answer: CannedAnswer): StageScene =>
  onStage({
    https: ({ certificate }) => overTls(certificate, answering(answer)),
    http: () => plainly(answering(answer)),
  });

const inSandbox = (scenario: string, ...flags: readonly string[]): Scene => ({
  on: 'sandbox',
  flags: ['--scenario', scenario, ...flags],
});

const scenes: Readonly<Partial<Record<FailureMode, Scene>>> = {
  'dns-nxdomain': naming('gone'),
  'dns-servfail': naming({ kind: 'servfail' }),
  'dns-refused': naming({ kind: 'refused' }),
  'dns-timeout': naming({ kind: 'silent' }),
  'dns-no-address': naming({ kind: 'empty' }),
  'dns-unexpected-target': onStage({
    names: {
      [defaultHosts.platform]: { kind: 'alias', name: 'other.elb.amazonaws.com' },
      'other.elb.amazonaws.com': { kind: 'addresses', addresses: ['127.0.0.1'] },
    },
  }),
  'connect-refused': onStage({ https: () => 'closed', http: () => 'closed' }),
  'connect-timeout': onStage({ https: () => 'drops', http: () => 'drops' }),
  'connect-unreachable': naming({ kind: 'addresses', addresses: ['127.255.255.255'] }),
  'connect-reset': onStage({ https: resettingServer }),
  'tls-expired': presenting({ fromDays: -90, toDays: -3 }),
  'tls-not-yet-valid': presenting({ fromDays: 7 }),
  'tls-name-mismatch': presenting({ names: ['www.example.net'] }),
  'tls-untrusted': presenting({ without: 'intermediate' }),
  'tls-handshake-timeout': onStage({ https: silentServer }),
  'tls-handshake-failed': onStage({ https: () => plainRogue(rogues['speaks-garbage']) }),
  'tls-expires-soon': presenting({ fromDays: -80, toDays: 9.5 }),
  'response-timeout': { ...misbehaving('hangs'), configuration: { limits: { totalMs: 900, decisiveMs: 900 } } },
  'connection-closed': misbehaving('closes-without-answer'),
  'response-malformed': misbehaving('speaks-garbage'),
  'response-truncated': misbehaving('breaks-off-mid-body'),
  'response-too-large': misbehaving('announces-a-giant'),
  'transfer-timeout': misbehaving('drips-its-body'),
  'value-mismatch': onStage({ https: ({ certificate }) => overTls(certificate, experimentStaysDeleted) }),
  'artifact-mismatch': inSandbox('proxy-reads-bodies-as-text'),
  'version-not-ready': inSandbox('versions-fail'),
  'cleanup-impossible': inSandbox('delete-bodies-lost-everywhere'),
  'cleanup-failed': inSandbox('artifact-deletion-denied'),
};

const circling: CannedAnswer = { status: 302, headers: { location: 'https://platform.hokus.ai/circle' }, body: '' };
const toItself: CannedAnswer = { status: 301, headers: { location: 'http://platform.hokus.ai/' }, body: '' };

/** Modes that come about in another way for one kind of request than for the others. */
const special = (mode: FailureMode, kind: RequestKind): Scene | null => {
  switch (mode) {
    case 'redirect-loop':
      return kind === 'redirect'
        ? saying(toItself)
        : {
            ...saying(circling),
            target: 'platform.followed',
            configuration: {
              targets: { 'platform.followed': { url: 'https://platform.hokus.ai/circle', redirects: 'follow' } },
            },
          };
    case 'auth-bypassed':
      return { ...saying(cannedAnswers['auth-bypassed'] ?? well), target: 'auth.validate-made-up-key' };
    case 'unexpected-answerer':
      return kind === 'redirect' ? saying(balancerSays200) : null;
    case 'unexpected-version': {
      const target = kind === 'health' ? 'auth.health' : 'mlflow.version';
      const answer = kind === 'health' ? cannedAnswers[mode] : { ...well, body: '3.1.0' };
      return {
        ...saying(answer ?? well),
        target,
        configuration: { targets: { [target]: { expect: { version: '2026.6.1' } } } },
      };
    }
    case 'slow':
      if (kind === 'step') return inSandbox('api-slow', '--pace', '0.5', '--deadline', '150s');
      return onStage(
        { https: ({ certificate }) => overTls(certificate, answering(well, 400)) },
        { configuration: { limits: { slowMs: 200 } } },
      );
    case 'deadline-exceeded': {
      const patient = { resolveMs: 9_000, connectMs: 9_000, tlsMs: 9_000, totalMs: 9_000, decisiveMs: 9_000 };
      const check = { flags: ['--deadline', '400ms'], configuration: { limits: patient } };
      const silent = naming({ kind: 'silent' });
      return kind === 'name'
        ? { ...silent, ...check }
        : onStage({ https: silentServer, http: () => plainRogue(rogues.hangs) }, check);
    }
    default:
      return null;
  }
};

/** How a kind of request is brought to show a failure mode. @throws when nobody has said it */
export const sceneOf = (mode: FailureMode, kind: RequestKind): Scene => {
  const canned = cannedAnswers[mode];
  const scene = special(mode, kind) ?? scenes[mode] ?? (canned === undefined ? null : saying(canned));
  if (scene === null) throw new Error(`nothing brings ${mode} about for ${kind}`);
  return scene;
};
