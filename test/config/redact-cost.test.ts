import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/config/redact.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { madeUpKey } from './documents.ts';

const redact = createRedactor([madeUpKey]);

/** What makes a search by regular expressions or by decoding go back over the same text again and again. */
const hostile: Readonly<Record<string, string>> = {
  'one letter': 'h',
  'the beginning of a key': 'hk_test_',
  'a key': madeUpKey,
  'a key without its end': madeUpKey.slice(0, -1),
  'keys of others': 'hk_live_',
  'percent signs': '%',
  'percent signs encoded again and again': '%252525252541',
  backslashes: '\\',
  'JSON escapes': '\\u0041',
  ampersands: '&',
  'endless entities': '&#00000',
  'line breaks': '\n',
  'zero-width spaces': '\u200b',
  'beginnings of tokens': 'eyJ',
  'beginnings of tokens with dots': 'eyJ.',
  'Bearer without end': 'Bearer ',
  'headers without a value': 'authorization:         ',
  'cookies without a value': 'cookie:a',
  'URLs in URLs': '://a:',
  'users in URLs': 'a:',
  'beginnings of private keys': '-----BEGIN PRIVATE KEY-----',
  quotes: '"',
  'what was redacted': '[redacted]',
};

const bodyLimit = 256 * 1024;

describe('redaction time grows linearly with a body of 256 KiB made of', () => {
  it.each(Object.entries(hostile))('%s', (_, unit) => {
    const whole = `://${unit.repeat(Math.ceil(bodyLimit / unit.length))}`.slice(0, bodyLimit);
    const part = whole.slice(0, bodyLimit / 8);
    const cost = (text: string): number => cpuMs(() => redact(text));
    // Lets the engine compile.
    cost(part);
    // Quadratic work would be eight times eight; the summand is what a collection of garbage costs.
    expect(cost(whole)).toBeLessThan(cost(part) * 8 * 5 + 40);
  });
});
