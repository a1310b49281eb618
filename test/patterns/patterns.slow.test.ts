import { describe, expect, it } from 'vitest';
import { adversariesOf } from './adversaries.ts';
import { costRatio } from './cost.ts';
import { flawsOf } from './linear.ts';
import { findPatterns } from './literals.ts';

/** Characters of a text that is tried: a body may have four times as many. */
const length = 64 * 1024;

/** Where a pattern is slow, that many are enough to see it, and soon over. */
const shortLength = 8 * 1024;

/** Times as long as reading the text once. Today's worst takes 25; what grows with the square takes thousands. */
const ratioLimit = 250;

const { literals, builtAtRunTime } = findPatterns();

const use = (pattern: RegExp, text: string): unknown =>
  pattern.flags.includes('g') ? text.replace(pattern, '') : pattern.test(text);

/** The worst of a pattern's adversaries that is beyond the limit; null: none is. */
const tooLong = ({ source, flags }: Pick<RegExp, 'source' | 'flags'>, length: number): string | null => {
  const pattern = new RegExp(source, flags);
  // The engine compiles a pattern when it is used for the second time.
  for (let run = 0; run < 2; run++) use(pattern, 'a text to begin with');
  const texts = adversariesOf(source, flags, length);
  return texts.find((text) => costRatio(text, ratioLimit, (each) => use(pattern, each)) > ratioLimit) ?? null;
};

describe('every regular expression of the product, on whatever text', () => {
  it('is found, and none is built at run time where nothing could check it', () => {
    expect(literals.length).toBeGreaterThan(100);
    expect(literals.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^classify\/texts\.ts: /));
    expect(builtAtRunTime).toEqual([]);
  });

  it('takes linear time by its structure', () => {
    const flawed = literals.flatMap(({ name, source, flags }) =>
      flawsOf(source, flags).map((flaw) => `${name}  ${flaw}`),
    );
    expect(flawed).toEqual([]);
  });

  it('takes linear time on hard texts', { timeout: 300_000 }, () => {
    const slow = literals.flatMap(({ name, source, flags }) => {
      const text = tooLong({ source, flags }, length);
      return text === null ? [] : [`${name}  on ${JSON.stringify(text.slice(0, 60))}…`];
    });
    expect(slow).toEqual([]);
  });
});

/** What stood in the product once, and what is known to be slow. */
const slowPatterns: readonly RegExp[] = [
  /auth\w*[ _-]?(service)?[^"<]{0,40}(unavailable|timeout)/i,
  /<(head|style|script)\b[\s\S]*?<\/\1>|<[^>]*>/gi,
  /<[^>]*>/g,
  /because of [^,]*(redis|cache)[^,]*$/i,
  / ?(LINE \d+:|\[SQL:).*$/,
  /^mlflow-artifacts:(?:\/\/[^/]*)?\/+(.+?)\/*$/,
  /\/+$/,
  /\s+$/,
  /\d+(\.\d+)? m?s\b/g,
  /"(?:[^"\\]|\\.)*"(?=\s*:)/g,
  /^(a+)+$/,
  /^(a|a)*$/,
  /^\s*a*\s*$/,
  /x.*y/,
  /^(?:a?){60}b/,
  /^(a|aa){1,60}b/,
  /^([a-z]{1,30}_?){1,20}$/,
];

describe('a slow pattern', () => {
  it.each(slowPatterns.map((pattern) => [String(pattern), pattern] as const))(
    'is recognized by its structure: %s',
    (_, pattern) => {
      expect(flawsOf(pattern.source, pattern.flags)).not.toEqual([]);
    },
  );

  it.each([/<[^>]*>/g, /\s+$/, /auth\w*[^"<]{0,40}(unavailable|timeout)/i])(
    'is recognized by its running time: %s',
    (pattern) => {
      expect(tooLong(pattern, shortLength)).not.toBeNull();
    },
  );
});

describe('a fast pattern', () => {
  it.each([
    /<title>\s*MLflow\s*<\/title>/i,
    /"([^"]*)"/g,
    /auth\w*[ _-]?(service|server)?/gi,
    /^\d+(\.\d{1,9}){0,9}$/,
    /[}\]]\s*$/,
    /:\/\/[^\s:@/]{0,256}:([^\s@/]+)(?=@)/g,
  ])('is accepted: %s', ({ source, flags }) => {
    expect(flawsOf(source, flags)).toEqual([]);
  });
});
