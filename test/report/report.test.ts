import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { jsonSchemaOf, schemaFiles, schemaUrl } from '../../scripts/output-schemas.ts';
import type { Outcome, Report } from '../../src/model/report.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderPretty } from '../../src/report/pretty.ts';
import { checkSandbox } from '../support/sandboxed.ts';

let failing: Report;

beforeAll(async () => {
  failing = await checkSandbox({ faults: ['mlflow-stopped', 'registry-certificate-expires-soon'] });
});

const pretty = (report: Report, width = 140, color = false): string =>
  renderPretty(report, {
    color,
    width,
    hosts: defaultHosts,
    targets: [],
    through: 'https://registry.hokus.ai/api/mlflow',
  });

it.each(schemaFiles)('the published %s is up to date (npm run generate)', async (file) => {
  expect(await readFile(schemaUrl(file), 'utf8')).toBe(jsonSchemaOf(file));
});

describe('the JSON report', () => {
  it('follows its published schema', () => {
    const validate = new Ajv().compile(JSON.parse(jsonSchemaOf('report.schema.json')) as object);
    const saved = JSON.parse(renderJson(failing)) as object;
    expect(validate(saved), JSON.stringify(validate.errors)).toBe(true);
    expect(failing.registration).not.toBeNull();
    expect(failing.diagnosis.hypotheses).not.toEqual([]);
    expect(validate({ ...saved, registration: null })).toBe(true);
    expect(validate({ ...saved, verdict: 'splendid' })).toBe(false);
    expect(validate({ ...saved, registration: { ...failing.registration, steps: [{}] } })).toBe(false);
    expect(validate({ ...saved, diagnosis: { ...failing.diagnosis, faults: [['gremlins']] } })).toBe(false);
  });
});

describe('the text report', () => {
  it('gives the verdict first, then the cause, then the failures, then what passes', () => {
    const lines = pretty(failing).trimEnd().split('\n');
    const headings = lines.filter((line) => /^[✓✗!] /.test(line));
    expect(headings.map((line) => line.slice(0, 1)).join('')).toMatch(/^✗+!?✓+$/);
    expect(lines.findIndex((line) => line.startsWith('    next 1'))).toBeLessThan(lines.indexOf(headings[0] ?? ''));
    expect(lines[1]).toMatch(/^failing · \d+ fail.* \(registration: 1 fail, .*\d+ skipped\)$/);
  });

  it('shows evidence that several targets share once', () => {
    const shared = pretty({ ...failing, registration: null })
      .split('\n')
      .filter((line) => line.includes('Failed to connect to MLflow server'));
    expect(shared).toHaveLength(1);
  });

  it('has the same words with colour, and no escape sequence without', () => {
    const esc = String.fromCharCode(27);
    expect(pretty(failing)).not.toContain(esc);
    expect(pretty(failing, 140, true).replaceAll(new RegExp(`${esc}\\[[0-9;]*m`, 'g'), '')).toBe(pretty(failing));
  });

  it('cannot control the terminal, whatever a server sends', () => {
    const [first] = failing.outcomes.filter(({ status }) => status === 'fail');
    if (first === undefined) throw new Error('nothing fails');
    const hostile: Outcome = {
      ...first,
      evidence: { ...first.evidence, summary: 'before\u001b[2J\u001b]0;title\u0007\r\nafter\u202e' },
    };
    const text = pretty({ ...failing, outcomes: [hostile] });
    expect(text).toContain('before [2J ]0;title after');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
