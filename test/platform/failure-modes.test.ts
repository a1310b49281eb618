import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  broken,
  certified,
  connecting,
  type FailureModeTraits,
  forwarded,
  handshake,
  keyChecked,
  lookup,
  mode,
  settled,
  unlearned,
} from '../../src/model/failure-mode.ts';
import { failureModes, modesWith } from '../../src/model/failure-modes.ts';
import { atAnswerer } from '../../src/model/failure-places.ts';

/*
 * The type checker runs the first part: `npm run types` fails when one of these lines compiles. Each is an entry whose author did not
 * decide on a trait.
 */

/** Traits that an entry may leave out. */
type Forgettable = {
  [Trait in keyof FailureModeTraits]: Omit<FailureModeTraits, Trait> extends FailureModeTraits ? Trait : never;
}[keyof FailureModeTraits];

const entries = {
  // @ts-expect-error
  bare: () => mode({ phase: 'assertion', hop: atAnswerer }, 'it fails', 'here'),
  // @ts-expect-error
  lookup: () => mode({ transient: false, ...lookup }, 'it fails', 'here'),
  // @ts-expect-error
  connecting: () => mode({ transient: false, ...connecting }, 'it fails', 'here'),
  // @ts-expect-error
  handshake: () => mode(handshake, 'it fails', 'here'),
  // @ts-expect-error
  certified: () => mode({ phase: 'tls', ...certified }, 'it fails', 'here'),
  // @ts-expect-error
  broken: () => mode({ phase: 'transfer', lost: true, transient: true, ...broken }, 'it fails', 'here'),
  // @ts-expect-error
  keyChecked: () => mode({ hop: atAnswerer, ...keyChecked }, 'it fails', 'here'),
  // @ts-expect-error
  forwarded: () => mode({ hop: atAnswerer, ...forwarded }, 'it fails', 'here'),
  // @ts-expect-error
  settled: () => mode({ hop: atAnswerer, ...settled }, 'it fails', 'here'),
  // @ts-expect-error
  unlearned: () => mode(unlearned, 'it fails', 'here'),
  // @ts-expect-error
  unexplained: () => mode({ lost: false, ...unlearned }, 'it fails'),
  // @ts-expect-error
  contradicting: () => mode({ lost: false, ofMonitor: false, ...unlearned }, 'it fails', 'here'),
  // @ts-expect-error
  misspelled: () => mode({ lost: false, transiant: true, ...unlearned }, 'it fails', 'here'),
};

describe('a failure mode without one of its traits', () => {
  it('does not compile', () => {
    expectTypeOf<Forgettable>().toBeNever();
  });

  it.each(Object.keys(entries))('%s', (name) => {
    expect(entries).toHaveProperty(name);
  });
});

describe('every failure mode', () => {
  const traits = Object.keys(failureModes['server-error']).sort();

  it.each(Object.entries(failureModes))('%s has all traits', (_, info) => {
    expect(Object.keys(info).sort()).toEqual(traits);
    expect(Object.values(info)).not.toContain(undefined);
    expect([info.meaning, info.look]).not.toContain('');
  });

  it('blames a hop, unless it is about the monitor itself', () => {
    expect(modesWith(({ hop }) => hop.hops.length === 0)).toEqual(modesWith(({ ofMonitor }) => ofMonitor));
  });

  it('is in lists by its traits, in the order of the catalogue', () => {
    expect(modesWith(({ key }) => key === 'not-accepted')).toEqual(['auth-missing', 'auth-rejected']);
    expect(modesWith(() => true)).toEqual(Object.keys(failureModes));
    expect(modesWith(() => false)).toEqual([]);
  });
});
