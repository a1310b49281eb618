import { matchesStatus } from '../classify/status.ts';
import { type FailureMode, modesWith } from '../model/failure-modes.ts';
import type { Tables, When } from '../model/hypothesis.ts';
import { type FollowUpKind, nameOf, portOf, type Target } from '../model/target.ts';
import { registrationSteps, type StepId, stepTarget } from '../platform/flow-steps.ts';
import type { Hop } from '../platform/hops.ts';
import type { HostRole } from '../platform/hosts.ts';

/** A request of the cycle, as far as faults are concerned. */
export interface ProbedRequest {
  /** A target's id, or `registration.<step>`. */
  readonly id: string;
  /** Null: not one of the platform's public hosts. */
  readonly host: HostRole | null;
  /** The name of another host; null: it is one of the platform's. */
  readonly elsewhere: string | null;
  readonly kind: 'dns' | 'tls' | 'http';
  readonly hops: readonly Hop[];
  readonly port: number;
  readonly key: 'bearer' | 'x-api-key' | 'made-up' | 'none';
  readonly effect: 'read' | 'write' | 'delete';
  /** MLflow's tables that it needs, as far as its path shows. */
  readonly tables: readonly Tables[];
  readonly health: boolean;
  /** Any page is enough for it. */
  readonly page: boolean;
  readonly refusal: boolean;
  readonly preflight: boolean;
  /** Its kind if it is a follow-up; null: an ordinary request. */
  readonly followUp: FollowUpKind | null;
  /** Failures that this request accepts: it must be refused, or only checks that something answers. */
  readonly blindTo: readonly FailureMode[];
}

/** The proxy's bare path. Some proxies answer it themselves, and others pass it on like those below it. */
export const isBarePath = ({ hops }: ProbedRequest): boolean => hops.at(-1) === 'proxy-route';

/** What a 401 means. */
const refusals = modesWith(({ key }) => key === 'not-accepted');

/** The hops of a balancer's listener. A host's other ports have none of them, whatever is behind. */
const ofListener: readonly Hop[] = ['listener', 'tls', 'rule'];
const listenerPorts: readonly number[] = [80, 443];

export const probedRequestOf = (target: Target): ProbedRequest => {
  const port = portOf(target);
  const goesByListener = target.role === null || listenerPorts.includes(port);
  const base = {
    id: target.id,
    host: target.role,
    elsewhere: target.role === null ? nameOf(target) : null,
    hops: goesByListener ? target.hops : target.hops.filter((hop) => !ofListener.includes(hop)),
    kind: target.kind,
    port,
    key: 'none',
    effect: 'read',
    tables: [],
    health: false,
    page: false,
    refusal: false,
    preflight: false,
    followUp: target.followUp ?? null,
    blindTo: [],
  } as const;
  if (target.kind !== 'http') return base;
  const { auth, expect } = target;
  return {
    ...base,
    tables: tablesIn(target.url),
    key: auth === 'none' || auth === 'bearer' || auth === 'x-api-key' ? auth : 'made-up',
    // MLflow and the control have their own health routes, which report on nothing else.
    health: expect.body.kind === 'health' && target.hops.includes('api'),
    page: expect.body.kind === 'present',
    refusal: expect.guards !== undefined,
    preflight: expect.preflight !== undefined,
    blindTo: matchesStatus(expect.status, 401)
      ? refusals.filter((mode) => expect.refusedAs === undefined || mode === expect.refusedAs)
      : [],
  };
};

const tablesIn = (url: string): readonly Tables[] => {
  if (/\/(registered-models|model-versions)\//.test(url)) return ['registry'];
  return /\/(experiments|runs|logged-models)\//.test(url) ? ['experiments'] : [];
};

/** The steps that need the registry's tables. Other steps that use the database need those of experiments. */
const registrySteps: readonly StepId[] = [
  'read-registry',
  'create-registered-model',
  'create-version-from-run',
  'create-version-from-model',
  'await-versions',
  'set-alias',
  'read-version-by-alias',
  'search-model',
];

/** It deletes a run, and a registered model. */
const stepOfBoth: StepId = 'prove-deletion';

const tablesOf = (id: StepId): readonly Tables[] => {
  if (id === stepOfBoth) return ['experiments', 'registry'];
  return registrySteps.includes(id) ? ['registry'] : ['experiments'];
};

/** The flow's steps, which take a user's path: after the first step, with the form of the key that was accepted. */
export const probedRequestOfStep = (id: StepId, form: 'bearer' | 'x-api-key'): ProbedRequest => {
  const { hops, effect } = registrationSteps[id];
  return {
    id: stepTarget(id),
    host: 'registry',
    elsewhere: null,
    kind: 'http',
    hops,
    port: 443,
    key: id === 'credentials' ? 'bearer' : form,
    effect,
    tables: hops.includes('database') ? tablesOf(id) : [],
    health: false,
    page: false,
    refusal: false,
    preflight: false,
    followUp: null,
    blindTo: [],
  };
};

export const isAmong = (hosts: readonly HostRole[], host: HostRole | null): boolean =>
  host !== null && hosts.includes(host);

export const holds = (when: When | undefined, request: ProbedRequest): boolean => {
  if (when === undefined) return true;
  const { hops } = request;
  const { hosts } = when;
  return (
    (when.crosses ?? []).every((hop) => hops.includes(hop)) &&
    !(when.avoids ?? []).some((hop) => hops.includes(hop)) &&
    (when.kinds?.includes(request.kind) ?? true) &&
    (when.key?.includes(request.key) ?? true) &&
    (hosts === undefined || isAmong(hosts, request.host)) &&
    (when.port ?? request.port) === request.port &&
    (when.effect ?? request.effect) === request.effect &&
    (when.tables === undefined || request.tables.includes(when.tables)) &&
    (when.health ?? request.health) === request.health &&
    (when.page ?? request.page) === request.page &&
    (when.refusal ?? request.refusal) === request.refusal &&
    (when.preflight ?? request.preflight) === request.preflight &&
    (when.followUp === undefined || (request.followUp !== null && when.followUp.includes(request.followUp)))
  );
};
