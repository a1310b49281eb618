import { describe, expect, it } from 'vitest';
import { jsonLimits, readJson } from '../../src/classify/json.ts';

describe('a body', () => {
  it('may be as long as the configurable limit', () => {
    const text = (length: number): string => `"${'x'.repeat(length - 2)}"`;
    expect(readJson(text(jsonLimits.characters)).kind).toBe('value');
    expect(readJson(text(jsonLimits.characters + 1))).toEqual({ kind: 'refused', why: 'too long' });
  });
});
