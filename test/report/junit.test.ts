import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderJunit } from '../../src/report/junit/render.ts';
import { checkSandbox } from '../support/sandboxed.ts';
import { found, hostile, hostileText, view } from './hostile.ts';
import { xmlErrors } from './xml.ts';

const lenient = { degraded: false, known: false };
let schema: string;
let failing: Report;
let healthy: Report;

beforeAll(async () => {
  schema = await readFile(join(import.meta.dirname, 'junit.xsd'), 'utf8');
  healthy = await checkSandbox();
  failing = await checkSandbox({ faults: ['mlflow-stopped', 'registry-certificate-expires-soon'] });
});

/** The element of a test, with what is in it. */
const testcase = (xml: string, name: string): string =>
  new RegExp(`<testcase [^>]*name="${name}"[^>]*?(?:/>|>[\\s\\S]*?</testcase>)`).exec(xml)?.[0] ?? '';

describe('JUnit XML', () => {
  it('follows the schema that its readers share, for a healthy, a failing and a hostile platform', async () => {
    for (const report of [healthy, failing, hostile(failing)])
      expect(await xmlErrors(renderJunit(report, view, lenient), schema)).toEqual([]);
    expect(await xmlErrors('<testsuites name="x"/>', schema)).not.toEqual([]);
  });

  it('starts with the diagnosis, which fails with the verdict in a sentence', () => {
    const xml = renderJunit(failing, view, lenient);
    expect(xml.indexOf('<testsuite name="diagnosis"')).toBeLessThan(xml.indexOf('<testsuite name="registry.hokus.ai"'));
    expect(testcase(xml, 'diagnosis')).toMatch(/<failure type="[a-z -]+" message="2 independent faults: [^"]+"/);
    expect(testcase(xml, 'diagnosis')).toContain('next 1  ');
    expect(xml).toContain('<property name="verdict" value="failing"/>');
    expect(testcase(renderJunit(healthy, view, lenient), 'diagnosis')).toContain('<system-out>All is well: ');
  });

  it('has a failure with evidence for each failing request, and nothing for passing ones', () => {
    const xml = renderJunit(failing, view, lenient);
    const broken = testcase(xml, 'registry.mlflow-proxy-search');
    expect(broken).toContain(
      '<failure type="upstream-unreachable" message="upstream-unreachable: 502 by the application',
    );
    expect(broken).toMatch(/\nhop: MLflow\n|\nhop: service discovery\n/);
    expect(broken).toContain('\nanswered by: the application\n');
    expect(broken).toMatch(/\ntimings: DNS .*, waiting /);
    expect(broken).toContain('\nheader server: uvicorn\n');
    expect(broken).toMatch(/\nbody:\n\{&quot;detail&quot;/);
    expect(testcase(xml, 'registry.root')).toMatch(
      /^<testcase classname="registry" name="registry\.root" time="\d+\.\d{3}"\/>$/,
    );
  });

  it('marks skipped and known requests as skipped, with the reason', () => {
    const xml = renderJunit(failing, view, lenient);
    expect(testcase(xml, 'registry.health')).toMatch(/<skipped>not sent: it could block the platform/);
    expect(testcase(xml, 'registry.mlflow-proxy-version')).toContain('<skipped>known from the baseline: ');
    expect(testcase(xml, 'registration.create-run')).toContain('<skipped>present the key: ');
    const strict = renderJunit(failing, view, { degraded: false, known: true });
    expect(testcase(strict, 'registry.mlflow-proxy-version')).toContain('<failure type="route-not-found"');
  });

  it('passes degraded requests with a note, or fails them if asked to', () => {
    expect(testcase(renderJunit(failing, view, lenient), 'registry.certificate')).toMatch(
      /<system-out>tls-expires-soon: /,
    );
    expect(testcase(renderJunit(failing, view, { degraded: true, known: false }), 'registry.certificate')).toContain(
      '<failure type="tls-expires-soon"',
    );
  });

  it('counts the cases in each suite', () => {
    for (const [suite = ''] of renderJunit(failing, view, lenient).matchAll(/<testsuite [\s\S]*?<\/testsuite>/g)) {
      const said = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1]);
      const count = (tag: string): number => suite.split(new RegExp(`<${tag}[ >]`)).length - 1;
      expect([said('tests'), said('failures'), said('errors'), said('skipped')]).toEqual(
        ['testcase', 'failure', 'error', 'skipped'].map(count),
      );
    }
  });

  it('marks unknown requests as errors, not as passed', () => {
    const unseen: Report = {
      ...healthy,
      verdict: 'inconclusive',
      outcomes: healthy.outcomes.map((one) => ({ ...one, status: 'inconclusive', failureMode: 'deadline-exceeded' })),
      diagnosis: { ...healthy.diagnosis, status: 'inconclusive' },
    };
    const xml = renderJunit(unseen, view, lenient);
    expect(testcase(xml, 'registry.root')).toContain('<error type="deadline-exceeded"');
    expect(testcase(xml, 'diagnosis')).toContain(
      '<error type="inconclusive" message="Too little was observed for a verdict."',
    );
  });

  it('keeps hostile responses as text', () => {
    const xml = renderJunit(hostile(failing), view, lenient);
    expect(hostileText).toContain('<img src=x onerror=alert(1)>');
    expect(xml.includes('&lt;img src=x onerror=alert(1)&gt;')).toBe(true);
    expect(found(xml, /<(img|svg|script)/)).toEqual([]);
    expect(found(xml.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}]/u)).toEqual([]);
  });
});
