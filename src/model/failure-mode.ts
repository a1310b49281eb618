import { atAnswerer, atListener, atName, atTls, nowhere, type Place } from './failure-places.ts';
import type { Phase } from './phases.ts';

/** The traits of a failure mode. All are required, so that adding a mode means deciding on each. */
export interface FailureModeTraits {
  /** The phase it belongs to if the failure itself does not say. */
  readonly phase: Phase;
  readonly hop: Place;
  /** The request was sent and no usable response came back, so it may or may not have been carried out. */
  readonly lost: boolean;
  /** Networks and busy machines cause it occasionally although nothing is broken. */
  readonly transient: boolean;
  /**
   * The API was reached, but something it asks behind it fails or keeps it waiting. Routes that ask the same are then
   * left alone.
   */
  readonly behindApi: boolean;
  /**
   * What happened to the key that was sent: `not-accepted` (a 401), `not-permitted` (403), or `not-checked` although
   * the request reached the key check. `none`: it says nothing about the key.
   */
  readonly key: 'not-accepted' | 'not-permitted' | 'not-checked' | 'none';
  /** It concerns the monitor and says nothing about the target. */
  readonly ofMonitor: boolean;
  /** The server's certificate shows the reason. */
  readonly certificate: boolean;
  /** One platform fault can cause it on all hosts at once, so even that does not mean that the monitor is blind. */
  readonly platformWide: boolean;
  /** What was seen, as a sentence that follows the target's name. */
  readonly meaning: string;
  /** Where to look first. */
  readonly look: string;
}

type Traits = Omit<FailureModeTraits, 'meaning' | 'look'>;

export const mode = (traits: Traits, meaning: string, look: string): FailureModeTraits => ({
  ...traits,
  meaning,
  look,
});

/*
 * What failures have in common; each entry states the rest. An entry spreads its group last, so the compiler rejects an
 * entry that contradicts it.
 */

/** It concerns the target, for a reason that no certificate shows and hosts do not share. */
const ofTarget = { ofMonitor: false, certificate: false, platformWide: false } as const satisfies Partial<Traits>;

/** It happened before the request was sent. */
const unsent = { lost: false, behindApi: false, key: 'none', ofMonitor: false } as const satisfies Partial<Traits>;

/** Looking up a name. */
export const lookup = {
  phase: 'resolve',
  hop: atName,
  ...unsent,
  certificate: false,
} as const satisfies Partial<Traits>;

export const connecting = {
  phase: 'connect',
  hop: atListener,
  behindApi: false,
  key: 'none',
  ...ofTarget,
} as const satisfies Partial<Traits>;

/** Negotiating TLS. */
export const handshake = {
  phase: 'tls',
  hop: atTls,
  ...unsent,
  ...ofTarget,
} as const satisfies Partial<Traits>;

/** The certificate that the server presents. */
export const certified = {
  hop: atTls,
  transient: false,
  ...unsent,
  certificate: true,
} as const satisfies Partial<Traits>;

/** On an open connection, no response or an incomplete one. */
export const broken = { hop: atAnswerer, key: 'none', ...ofTarget } as const satisfies Partial<Traits>;

/** A complete response that is not the expected one. */
const answered = { phase: 'assertion', transient: false, ...ofTarget } as const satisfies Partial<Traits>;

/** A complete response from where keys are checked. */
export const keyChecked = { lost: false, behindApi: false, ...answered } as const satisfies Partial<Traits>;

/** A complete response from a balancer or proxy that forwarded the request and got no response itself. */
export const forwarded = { lost: true, key: 'none', ...answered } as const satisfies Partial<Traits>;

/** A complete response from an answerer that decided on the request. */
export const settled = { lost: false, key: 'none', ...answered } as const satisfies Partial<Traits>;

/** Nothing was learned: the monitor failed or ran out of time. */
export const unlearned = {
  phase: 'assertion',
  hop: nowhere,
  transient: false,
  behindApi: false,
  key: 'none',
  ofMonitor: true,
  certificate: false,
  platformWide: false,
} as const satisfies Partial<Traits>;
