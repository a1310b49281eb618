import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../../../src/model/incident.ts';
import { defaultHosts } from '../../../src/platform/hosts.ts';
import { postmortem } from '../../../src/report/incident/postmortem.ts';
import type { KeptIncident } from '../../../src/report/incident/remembered.ts';
import { storyLines } from '../../../src/report/incident/story.ts';
import { timelineOf } from '../../../src/report/incident/timeline.ts';
import { incidentView } from '../../incidents/events.ts';
import { hostileText } from '../hostile.ts';

const at = (minute: number): string => new Date(Date.parse('2026-11-21T02:57:00.000Z') + minute * 60_000).toISOString();

const kept = (more: Partial<IncidentView> = {}): KeptIncident => ({
  view: {
    ...incidentView('20261121-0257-registry'),
    ...{ startedAt: at(0), openedAt: at(1), resolvedAt: at(23) },
    deployment: { from: '1.4.1', to: '1.4.2', at: at(-2) },
    acknowledged: { at: at(5), by: 'ada' },
    history: [
      { at: at(0), causes: [] },
      { at: at(3), causes: ['service-discovery-broken'] },
    ],
    ...more,
  },
  messages: [
    {
      ...{ at: at(1), event: 'e1', kind: 'opened', severity: 'critical', causes: ['service-discovery-broken'] },
      sent: [
        { to: 'sns', at: at(1) },
        { to: 'webhook', at: at(9) },
      ],
    },
    {
      ...{ at: at(23), event: 'e2', kind: 'resolved', severity: 'critical', causes: ['service-discovery-broken'] },
      sent: [],
    },
  ],
  judgement: {
    ...{ incident: '20261121-0257-registry', startedAt: at(0), named: ['service-discovery-broken'], verdict: 'right' },
    ...{ cause: 'service-discovery-broken', at: at(300), by: 'ada', note: 'deleted by hand' },
  },
  hosts: defaultHosts,
  now: Date.parse(at(400)),
});

describe('an incident in full', () => {
  it('tells everything that happened, in order, with who got which message and when', () => {
    expect(timelineOf(kept()).map(({ at: time, text }) => `${time.slice(11, 16)} ${text}`)).toEqual([
      '02:55 1.4.1 → 1.4.2 deployed, by this time',
      '02:57 first failing cycle: no known cause',
      '02:58 opened, critical: API cannot find MLflow; sent to sns, webhook (at 03:06 UTC)',
      '03:00 the diagnosis is now: API cannot find MLflow',
      '03:02 acknowledged by ada',
      '03:20 resolved after 23 min; not sent to anyone yet',
      '07:57 judged right by ada: API cannot find MLflow (deleted by hand)',
    ]);
  });

  it('of an earlier version, without messages, still says when it opened and ended', () => {
    const moments = timelineOf({ ...kept(), messages: [], judgement: null }).map(({ text }) => text);
    expect(moments).toContain('opened; no message is recorded');
    expect(moments).toContain('resolved after 23 min; no message is recorded');
  });

  it('as text keeps its commands whole, and nothing else exceeds the width', () => {
    const lines = storyLines(kept(), { colors: createColors(false), width: 80 });
    expect(lines.filter((line) => line.length > 80 && !/^ {2}\d {2}aws /.test(line))).toEqual([]);
    expect(lines.join('\n')).toMatch(/\nNext\n {2}1 {2}aws servicediscovery[^\n]*--output text\)"\n/);
  });

  it('as a postmortem has the timeline as a table, the runbook’s fix, and places for people', () => {
    const text = postmortem(kept());
    expect(text).toMatch(/^# API cannot find MLflow\n/);
    expect(text).toContain('| 2026-11-21 03:02 UTC | acknowledged by ada |');
    expect(text).toContain('- **Detected after**: 1 min');
    expect(text).toMatch(/The runbook's fix: /);
    expect(text.match(/to fill in/gi)?.length).toBeGreaterThan(3);
  });

  it('contains nothing that a terminal or Markdown obeys, whatever a server sent', () => {
    const affected = [
      { id: hostileText, host: hostileText, status: 'fail', failureMode: null, summary: hostileText },
    ] as const;
    const hostile = kept({ id: hostileText, affected, affectedCount: 1, acknowledged: { at: at(5), by: hostileText } });
    const text = storyLines(hostile, { colors: createColors(false), width: 100 }).join('\n');
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    const markdown = postmortem(hostile);
    expect(markdown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(markdown).not.toMatch(/^::/m);
    const prose = markdown.split('\n').filter((line) => !line.includes('````'));
    expect(prose.filter((line) => /(?<!\\)<(?:img|svg|script|b)|(?<!\\)\[link/.test(line))).toEqual([]);
  });
});
