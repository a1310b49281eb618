import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Drill } from '../../src/model/drill.ts';
import { renderDrillHtml } from '../../src/report/drill/html.ts';
import { renderDrill } from '../../src/report/drill/pretty.ts';
import { cli } from '../support/cli.ts';
import { schemaErrors } from '../support/published-schemas.ts';

/** They break different hosts and hops, and both answer at once. */
const injected = ['proxy-routes-removed', 'auth-service-stopped', 'firewall-blocks'] as const;

let folder: string;
let drilled: Drill;
let stderr: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-drill-'));
  const output = join(folder, 'drill.json');
  const flags = injected.flatMap((id) => ['--fault', id]);
  const result = await cli(['drill', ...flags, '--pace', '2', '--format', 'json', '--output', output]);
  stderr = result.stderr;
  drilled = JSON.parse(await readFile(output, 'utf8')) as Drill;
  // Whether all promises hold is what the drill finds out; that its code says the same is its promise.
  expect(result.exitCode).toBe(drilled.promises.every(({ holds }) => holds) ? 0 : 1);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('drill', () => {
  it('injects each fault and a healthy platform of both generations, and scores each diagnosis against the truth', () => {
    expect(drilled.singles.map(({ fault, generation, verdict }) => [fault, generation, verdict])).toEqual([
      [null, '2025', 'quiet'],
      [null, '2026', 'quiet'],
      ['firewall-blocks', '2026', 'rejected'],
      ['proxy-routes-removed', '2026', 'right'],
      ['auth-service-stopped', '2026', 'right'],
    ]);
    expect(drilled.figures).toMatchObject({ top1: { is: 2, of: 2 }, falseAlarms: { is: 0, of: 2 } });
  });

  it('writes JSON that follows its schema', async () => {
    expect(schemaErrors('drill.schema.json', await readFile(join(folder, 'drill.json'), 'utf8'))).toEqual([]);
    const unknown = JSON.stringify({ ...drilled, singles: [{ ...drilled.singles[0], verdict: 'lucky' }] });
    expect(schemaErrors('drill.schema.json', unknown)).not.toEqual([]);
  });

  it('injects two faults at once, and shows that both were named', () => {
    expect(drilled.pairs).toMatchObject([
      {
        faults: ['proxy-routes-removed', 'auth-service-stopped'],
        causes: ['proxy-routes-missing', 'auth-service-unavailable'],
        verdict: 'both',
        hidden: [false, false],
      },
    ]);
  });

  it('repeats the diagnosis with each passing request altered', () => {
    const { tried } = drilled.noise;
    expect(tried.flaps).toBe(tried.lost);
    expect(tried.slow).toBe(tried.lost);
    // Of some forty probes in five cycles most pass.
    expect(tried.flaps).toBeGreaterThan(100);
  });

  it('prints only the place of its report in a pipe', () => {
    expect(stderr).toMatch(/^report written to \S+\n$/);
  });

  it('shows the figures first and the promises last, as text', () => {
    const lines = renderDrill(drilled, { color: false, width: 120, verbose: false, judgements: [] })
      .trimEnd()
      .split('\n');
    expect(lines[0]).toMatch(/^Hokusai drill · the platform of 2026 · 5 cycles, 1 pair, \d+ altered in /);
    expect(lines[1]).toMatch(/^2 of 2 known faults named \(2 alone, 0 in a declared tie\);/);
    expect(lines.at(-1)).toMatch(/^(all 5 promises hold|\d of 5 promises do(es)? not hold)$/);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
  });

  it('shows correct results only on request, as text', () => {
    const text = (verbose: boolean) => renderDrill(drilled, { color: false, width: 160, verbose, judgements: [] });
    expect(text(true)).toMatch(/auth-service-stopped +named +auth-service-unavailable/);
    expect(text(false)).not.toMatch(/auth-service-stopped +named/);
  });

  it('shows every injected fault without script or external resources, as HTML', () => {
    const page = renderDrillHtml(drilled);
    for (const id of injected) expect(page).toContain(id);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:|\son\w+=/);
    expect(unclosed(page)).toEqual([]);
  });

  it('shows correct results on the diagonal, as HTML', () => {
    const rows = renderDrillHtml(drilled).match(/<tr class="[^"]*">.*<\/tr>/g) ?? [];
    const row = rows.find((one) => one.includes('>auth-service-unavailable</th>'));
    expect(row).toMatch(
      /class="[^"]*expected truth full[^"]*"[^>]*title="auth-service-unavailable → auth-service-unavailable/,
    );
  });
});

// On a busy machine the command line alone takes seconds to load.
describe('an invalid drill command', () => {
  it('gets a suggestion for the mistyped fault', async () => {
    const { exitCode, stderr: said } = await cli(['drill', '--fault', 'proxy-routes-remove']);
    expect(said).toBe(
      'hokusai-synthetics: --fault proxy-routes-remove: there is no such fault; did you mean proxy-routes-removed?\n',
    );
    expect(exitCode).toBe(2);
  });

  it('ends at once when its report cannot be written', async () => {
    const { exitCode, stderr: said } = await cli(['drill', '--output', join(folder, 'missing', 'drill.html')]);
    expect(said).toMatch(
      /^hokusai-synthetics: --output \S+ cannot be written: there is no such folder: make it first \(ENOENT\)\n$/,
    );
    expect(exitCode).toBe(2);
  });

  it('is refused for an unknown kind of pairs', async () => {
    const { exitCode, stderr: said } = await cli(['drill', '--pairs', 'some']);
    expect(said).toContain('Allowed choices are none, representative, all');
    expect(exitCode).toBe(2);
  });
});

/** Tags that are opened and not closed, or the other way round, in their order. */
const unclosed = (page: string): readonly string[] => {
  const open: string[] = [];
  for (const [, slash, name = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?>/g)) {
    if (name === 'meta') continue;
    if (slash === '') open.push(name);
    else if (open.at(-1) === name) open.pop();
    else return [...open, `/${name}`];
  }
  return open;
};
