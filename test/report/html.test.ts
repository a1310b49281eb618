import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { checkSandbox } from '../support/sandboxed.ts';
import { found, hostile, view } from './hostile.ts';
import { xmlErrors } from './xml.ts';

let failing: Report;
let healthy: Report;

beforeAll(async () => {
  healthy = await checkSandbox();
  failing = await checkSandbox({ faults: ['discovery-record-deleted', 'registry-certificate-expires-soon'] });
});

/** Every element and every attribute that a page has, by name. */
const used = (page: string): { readonly tags: ReadonlySet<string>; readonly attributes: ReadonlySet<string> } => {
  const elements = [...page.matchAll(/<([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"]*")*)\s*\/?>/g)];
  return {
    tags: new Set(elements.map(([, tag = '']) => tag)),
    attributes: new Set(
      elements.flatMap(([, , rest = '']) => [...rest.matchAll(/([\w:-]+)="/g)].map(([, name = '']) => name)),
    ),
  };
};

/** What a person reads, in its order. */
const textOf = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>|<title>[\s\S]*?<\/title>|<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

describe('the HTML page', () => {
  it('starts with the cause, then commands, then failures with their evidence, for a failing platform', () => {
    const text = textOf(renderHtml(failing, view));
    const places = [
      'The API does not find MLflow',
      'explains ',
      'aws servicediscovery list-instances',
      'registry.hokus.ai 3 of ',
      '502 by the application: Failed to connect',
      'answered by the application',
      'stopped at step 1 of ',
      'known from the baseline registry.',
      'certificates, days left registry.hokus.ai',
      `run ${failing.runId}`,
    ].map((words) => text.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('is one sentence with the rest folded, for a healthy platform', () => {
    const page = renderHtml(healthy, view);
    expect(textOf(page)).toMatch(/All is well: \d+ checks and the registration flow passed/);
    expect(textOf(page.replace(/<details[\s\S]*?<\/details>/g, '')).length).toBeLessThan(900);
    expect(found(page, /class="(fail|failing)"/)).toEqual([]);
  });

  it('loads no external resources and runs no script', () => {
    const page = renderHtml(failing, view);
    expect(found(page, /<script|<link|<iframe|<use|<img|@import|url\(|\shref=|\ssrc=|javascript:/i)).toEqual([]);
    expect(page.slice(0, 600)).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('is well-formed, and servers cannot add elements or attributes', async () => {
    const expected = used(renderHtml(failing, view));
    const page = renderHtml(hostile(failing), view);
    expect(await xmlErrors(page)).toEqual([]);
    const { tags, attributes } = used(page);
    expect([...tags].filter((tag) => !expected.tags.has(tag))).toEqual([]);
    expect([...attributes].filter((name) => !expected.attributes.has(name))).toEqual([]);
    expect(found(page.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}]|NaN|Infinity/u)).toEqual([]);
    expect(textOf(page).includes('</pre></script><img src=x onerror=alert(1)>')).toBe(true);
    // A page that somebody pours out stays one that opens.
    expect(page.length).toBeLessThan(2_000_000);
  });
});
