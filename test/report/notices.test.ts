import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replayed } from '../../src/cli/commands/replay.ts';
import { readSettings } from '../../src/cli/inputs.ts';
import { renewBaseline } from '../../src/model/baseline-doubt.ts';
import { textOf } from '../../src/notify/text.ts';
import { annotations } from '../../src/report/github/annotations.ts';
import { summary } from '../../src/report/github/summary.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { renderJson } from '../../src/report/json.ts';
import { events, setting } from '../notify/incidents.ts';

const settings = await readSettings(null);
const view = { hosts: settings.hosts, targets: settings.targets, through: 'proxy' };
const strictness = { degraded: false, known: false };
const evidence = join(import.meta.dirname, '../evidence');
const saved = (id: string) => replayed(readFileSync(join(evidence, `${id}.json`), 'utf8'), settings).report;

describe('a stale baseline is said before the verdict, with the command that renews it', () => {
  const report = saved('proxy-strips-keys-stale-baseline');
  it.each([
    ['GitHub summary', summary(report, view)],
    ['GitHub annotations', annotations(report, view, strictness)],
    ['HTML', renderHtml(report, view)],
  ])('%s', (_, text) => {
    expect(text).toContain('may be stale');
    expect(text).toContain(renewBaseline(null));
    // A page's title has the cause too.
    const shown = text.replace(/<title>.*?<\/title>/, '');
    expect(shown.indexOf('may be stale')).toBeLessThan(shown.indexOf('79'));
  });

  it('JSON', () => {
    expect(JSON.parse(renderJson(report, view))).toMatchObject({ baselineDoubt: { renew: renewBaseline(null) } });
  });

  it('mail', () => {
    const [opened] = Object.values(events).filter(({ kind }) => kind === 'opened');
    if (opened === undefined || !('incident' in opened)) throw new Error('no such event');
    const doubted = { ...opened, incident: { ...opened.incident, baselineDoubted: true } };
    expect(textOf(doubted, setting)).toMatch(/^The baseline may be stale\./);
    expect(textOf(opened, setting)).not.toContain('stale');
  });
});

it('slow requests are counted and located before the verdict', () => {
  expect(summary(saved('key-check-takes-3-s'), view)).toContain('only requests with a key do');
});
