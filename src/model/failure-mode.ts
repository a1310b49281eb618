import { atAnswerer, atListener, atName, atTls, nowhere, type Place } from './failure-places.ts';
import type { Phase } from './phases.ts';

/** What each failure mode states of itself. All fields are required: whoever adds a mode decides on each. */
export interface FailureModeTraits {
  /** The phase it belongs to, when the failure itself does not tell. */
  readonly phase: Phase;
  readonly hop: Place;
  /** The request was sent and no usable response came back: nobody knows whether it was carried out. */
  readonly lost: boolean;
  /** Networks and busy machines cause it now and then, though nothing is broken. */
  readonly transient: boolean;
  /** The API was reached; what it asks behind it fails or keeps it waiting. Routes that ask the same are left alone then. */
  readonly behindApi: boolean;
  /**
   * What became of the key that was sent: `not-accepted` (as a 401 says), `not-permitted` (403), or `not-checked`, though the request
   * got as far as the key check. `none`: it tells nothing of the key.
   */
  readonly key: 'not-accepted' | 'not-permitted' | 'not-checked' | 'none';
  /** It is about the monitor: of what was asked, nothing is known. */
  readonly ofMonitor: boolean;
  /** The reason stands in the certificate that the server showed. */
  readonly certificate: boolean;
  /** One fault of the platform can cause it on all hosts at once, so even then it does not mean that the monitor is blind. */
  readonly platformWide: boolean;
  /** What was seen, as a sentence that follows the target's name. */
  readonly meaning: string;
  /** Where a person looks first. */
  readonly look: string;
}

type Traits = Omit<FailureModeTraits, 'meaning' | 'look'>;

export const mode = (traits: Traits, meaning: string, look: string): FailureModeTraits => ({
  ...traits,
  meaning,
  look,
});

/*
 * What failures have in common by their nature; each entry states the rest. A group is spread after what an entry states: then the
 * compiler refuses an entry that contradicts its group.
 */

/** It is about what was asked, for a reason that no certificate shows and that the hosts do not share. */
const ofTarget = { ofMonitor: false, certificate: false, platformWide: false } as const satisfies Partial<Traits>;

/** It came before the request was sent. */
const unsent = { lost: false, behindApi: false, key: 'none', ofMonitor: false } as const satisfies Partial<Traits>;

/** The look-up of a name. */
export const lookup = {
  phase: 'resolve',
  hop: atName,
  ...unsent,
  certificate: false,
} as const satisfies Partial<Traits>;

/** Opening a connection. */
export const connecting = {
  phase: 'connect',
  hop: atListener,
  behindApi: false,
  key: 'none',
  ...ofTarget,
} as const satisfies Partial<Traits>;

/** Agreeing on TLS. */
export const handshake = {
  phase: 'tls',
  hop: atTls,
  ...unsent,
  ...ofTarget,
} as const satisfies Partial<Traits>;

/** The certificate that the server shows. */
export const certified = {
  hop: atTls,
  transient: false,
  ...unsent,
  certificate: true,
} as const satisfies Partial<Traits>;

/** Over a connection that stands, no response comes, or not a whole one. */
export const broken = { hop: atAnswerer, key: 'none', ...ofTarget } as const satisfies Partial<Traits>;

/** A whole response that is not the expected one. */
const answered = { phase: 'assertion', transient: false, ...ofTarget } as const satisfies Partial<Traits>;

/** The same, from where keys are checked. */
export const keyChecked = { lost: false, behindApi: false, ...answered } as const satisfies Partial<Traits>;

/** The same, from a balancer or proxy: it forwarded the request and got no response itself. */
export const forwarded = { lost: true, key: 'none', ...answered } as const satisfies Partial<Traits>;

/** The same, and whoever answered has decided about the request. */
export const settled = { lost: false, key: 'none', ...answered } as const satisfies Partial<Traits>;

/** Nothing was learned: the monitor failed, or ran out of time. */
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
