import { describe, expect, it, test } from 'vitest';
import { answerTo } from '../../src/live/answers.ts';
import { healthPage } from '../../src/live/health-page.ts';
import { emptyHistory, withCycle } from '../../src/live/history.ts';
import { metricsPage } from '../../src/live/metrics-page.ts';
import { incidentPage, livePage } from '../../src/live/page.ts';
import { pictureWidths } from '../../src/live/styles.ts';
import { read } from '../functions/widget/asking.ts';
import { cases } from '../functions/widget/states.ts';
import { hostileText } from '../report/hostile.ts';
import { xmlErrors } from '../report/xml.ts';
import { boardOf, seen } from './boards.ts';

const pageOf = (name: keyof typeof cases): string =>
  livePage(boardOf(cases[name].state, cases[name].now), cases[name].now);

describe('the live page', () => {
  test.each([
    ['critical', /^✗ Registration is broken: API cannot find MLflow/],
    ['healthy', /^✓ People can register models now/],
    ['recovering', /^! Registration works again so far/],
    ['blind', /^\? Nothing is known/],
    ['stale', /^\? Nothing is known: the last cycle was 47 min ago/],
    ['empty', /^\? Nothing is known yet/],
  ] as const)('says how things are in its title and its heading: %s', (name, says) => {
    const html = pageOf(name);
    const [, title = ''] = /<title>([^<]*)<\/title><style>/.exec(html) ?? [];
    expect(title).toMatch(says);
    expect(read(html)).toContain(title.replace(/ · development$/, ''));
  });

  test.each(Object.keys(cases) as (keyof typeof cases)[])(
    'is well-formed, without script or anything from elsewhere: %s',
    async (name) => {
      const html = pageOf(name);
      expect(html).not.toMatch(/<script|javascript:|\son\w+=|(?:src|href)="(?:https?:)?\/\//);
      expect(await xmlErrors(html.replace('<!DOCTYPE html>', ''))).toEqual([]);
      expect(html.length).toBeLessThan(100_000);
    },
  );

  it('loads itself again without a script, at most once a minute and no more often than every 10 s', () => {
    const { state, now } = cases.healthy;
    const refreshOf = (everyMs: number) =>
      /http-equiv="refresh" content="(\d+)"/.exec(livePage(boardOf(state, now, { everyMs }), now))?.[1];
    expect([10_000, 60_000, 3_600_000].map(refreshOf)).toEqual(['10', '30', '60']);
  });

  it('has a picture for each width, and the colours of both themes', () => {
    const html = pageOf('critical');
    for (const width of pictureWidths) expect(html).toContain(`<div class="w${width}"><div class="path"><svg`);
    expect(html).toContain('prefers-color-scheme:dark');
    expect(html).not.toMatch(/(?:fill|stroke)="undefined|undefined/);
  });

  it('shows the last day of each host in words too, the flow first', () => {
    const text = read(pageOf('critical'));
    expect(text).toMatch(/model registration 9\d\.\d\d % .*failed within .* UTC.*registry 9\d\.\d\d %.* auth 100 %/);
    expect(text.indexOf('model registration 9')).toBeLessThan(text.indexOf('auth 100 %'));
  });

  it('links each incident to its own page, which has commands and the way back', () => {
    const { state, now } = cases.critical;
    const [, id = ''] = /href="incidents\/([^"]+)"/.exec(pageOf('critical')) ?? [];
    const html = incidentPage(id, boardOf(state, now), now);
    expect(read(html)).toMatch(/Overview.*Story .*first failing cycle: .*Next aws servicediscovery/);
    expect(read(incidentPage('nobody', boardOf(state, now), now))).toContain('Incident nobody was not found');
  });

  it('shows whatever a server or a configuration said as text', async () => {
    const { state, now } = cases.critical;
    const history = withCycle(
      emptyHistory('x'),
      { ...seen(now - 1, { [hostileText.slice(0, 90)]: 'failed' }), words: hostileText.slice(0, 250) },
      now,
    );
    const board = boardOf(state, now, {
      history,
      environment: hostileText,
      troubles: [hostileText],
      facts: [hostileText],
    });
    for (const html of [livePage(board, now), incidentPage(hostileText, board, now)]) {
      expect(html).not.toMatch(/<script|<img|<svg onload|(?![\n\t])[\p{Cc}\p{Cf}]/u);
      const withoutValues = html.replace(/"[^"]*"/g, '""');
      expect(withoutValues).not.toMatch(/<[^>]*\son\w+=/);
      expect(await xmlErrors(html.replace('<!DOCTYPE html>', ''))).toEqual([]);
    }
  });
});

describe('the health of the monitor', () => {
  const board = boardOf(null, Date.parse('2026-11-21T12:00:00Z'), { mark: 1_000, overdueMs: 150_000 });

  test.each([
    { title: 'in time', nowMark: 150_999, status: 200, word: 'ok' },
    { title: 'late', nowMark: 151_001, status: 503, word: 'overdue' },
  ])('is $status while the last cycle is $title', ({ nowMark, status, word }) => {
    const health = healthPage(board, nowMark);
    expect([health.status, JSON.parse(health.body)]).toMatchObject([
      status,
      { status: word, overdueAfterSeconds: 150 },
    ]);
  });

  it('is "starting" before the first cycle has ended, and overdue if none does', () => {
    const begun = { ...board, endedAt: null };
    expect(healthPage(begun, 2_000).body).toContain('"starting"');
    expect(healthPage(begun, 200_000).status).toBe(503);
  });

  it('takes the last cycle’s values out of the metrics once it is overdue', () => {
    const fresh = { ...board, isTracked: true };
    expect(metricsPage(fresh, 2_000)).toMatch(/^hokusai_synthetics_open_incidents\{.*"critical"\} 0$/m);
    const late = metricsPage(fresh, 200_000);
    expect(late).not.toContain('open_incidents');
    expect(late).toMatch(/^hokusai_synthetics_overdue\{environment="development"\} 1$/m);
  });
});

test.each(['/nothing', '/incidents/', '/incidents/%E0%A4%A', '/incidents/a/b', '/../etc/passwd', '//', ''])(
  'the path "%s" is answered with 404 and what there is',
  (path) => {
    const { status, body } = answerTo(path, boardOf(null, 0), { nowMs: 0, mark: 0 });
    expect([status, body]).toEqual([404, expect.stringContaining('/metrics')]);
  },
);
