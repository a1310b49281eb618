import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/config/nearest.ts';
import { standardIds } from '../../src/config/schema/configuration.ts';

describe('a suggestion for a mistyped name', () => {
  it.each([
    ['registry.helth', 'registry.health'],
    ['registry.heatlh', 'registry.health'],
    ['registry.mlflow_ui', 'registry.mlflow-ui'],
    ['Registry.Health', 'registry.health'],
    ['auth.validate-beare', 'auth.validate-bearer'],
  ])('corrects %s to %s', (typed, meant) => {
    expect(nearest(typed, standardIds)).toBe(meant);
  });

  it('is missing when no name is similar', () => {
    for (const typed of ['shop.front', '<<', '', 'x', 'a'.repeat(10_000)])
      expect(nearest(typed, standardIds)).toBeNull();
  });

  it('is always right for a long name with one typing error', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...standardIds.filter(({ length }) => length > 12)),
        fc.nat(),
        fc.constantFrom('drop', 'swap', 'double'),
        (id, seed, slip) => {
          const at = seed % (id.length - 1);
          const [a = '', b = ''] = id.slice(at);
          const middle = { drop: b, swap: b + a, double: a + a + b }[slip];
          const typed = id.slice(0, at) + middle + id.slice(at + 2);
          if (standardIds.includes(typed)) return;
          expect(nearest(typed, [id])).toBe(id);
        },
      ),
    );
  });
});
