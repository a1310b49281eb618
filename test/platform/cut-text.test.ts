import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText } from '../../src/model/cut-text.ts';

const bytesOf = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

describe('a text with a limit', () => {
  it('is unchanged when it fits', () => {
    expect(cutText('2026.6.1', 8)).toBe('2026.6.1');
    expect(cutText('', 3)).toBe('');
  });

  it('ends with a mark when something was cut', () => {
    expect(cutText('2026.6.1-build', 8)).toBe('2026.…');
  });

  it('is measured in stored bytes: a control character takes six, an emoji four, and no emoji is halved', () => {
    expect(cutText('\u0000'.repeat(10), 16)).toBe('\u0000\u0000…');
    expect(cutText('😀😀😀', 11)).toBe('😀😀…');
  });

  it('never exceeds its limit, and cutting it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 3, max: 400 }), (text, bytes) => {
        const cut = cutText(text, bytes);
        expect(bytesOf(cut)).toBeLessThanOrEqual(bytes);
        expect(cutText(cut, bytes)).toBe(cut);
        if (bytesOf(text) <= bytes) expect(cut).toBe(text);
      }),
    );
  });
});
