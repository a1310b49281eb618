import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { renderJson } from '../../src/report/json.ts';
import { jsonText } from '../../src/report/json-text.ts';
import { hostile, hostileText, view } from './hostile.ts';

const recorded = new URL('../evidence/registry-tables-gone.json', import.meta.url);

describe('JSON for a terminal', () => {
  it('shows no character that a terminal obeys or hides', () => {
    const { report } = parseReport(readFileSync(recorded, 'utf8'));
    const diagnosis = diagnose(report, view.targets, report.history);

    expect(renderJson(hostile({ ...report, diagnosis }))).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  it.each([hostileText, '\u009b31m', '\u202e', '\u{e0041}', 'a👩‍🔬b', '', '{"\u2028": 1}'])(
    'means the same as before (%#)',
    (text) => {
      const value = { [text]: [text, { text }], number: 1.23456 };

      expect(JSON.parse(jsonText(value))).toEqual({ ...value, number: 1.235 });
    },
  );
});
