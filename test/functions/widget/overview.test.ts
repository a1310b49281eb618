import { describe, expect, it } from 'vitest';
import { acknowledge, mute } from '../../../src/incidents/by-hand.ts';
import { xmlErrors } from '../../report/xml.ts';
import { ask, contextOf, read } from './asking.ts';
import { cases } from './states.ts';

const words = async (name: keyof typeof cases): Promise<string> => read(await ask(cases[name]));

describe('the widget’s first line', () => {
  it.each([
    ['healthy', /^✓ People can register models now no incident is open · development · last cycle 1 min ago/],
    ['critical', /^✗ Registration is broken: API cannot find MLflow \(90 %\) since 07:04 UTC \(12 min\)/],
    ['tie', /^✗ Registration is broken: API cannot find MLflow \(82 %\) or API cannot reach MLflow \(18 %\)/],
    ['two', /^✗ Registration is broken: API cannot find MLflow \(90 %\)/],
    ['unexplained', /^✗ Registration is broken: no known cause since/],
    ['notice', /^! People can register models; something is degraded: certificate is not valid \(90 %\)/],
    ['suspected', /^! Registration has just failed: API cannot find MLflow .* not yet an incident/],
    ['recovering', /^! Registration works again so far; the cause was API cannot find MLflow .* passing for 1 cycle/],
    ['blind', /^\? Nothing is known: the prober reaches nothing .*check the prober’s network/],
    ['stale', /^\? Nothing is known: the last cycle was 47 min ago .* alarm heartbeat-missing/],
    ['empty', /^\? Nothing is known yet: no cycle has been tracked/],
  ] as const)('shows the state: %s', async (name, line) => {
    expect(await words(name)).toMatch(line);
  });

  it('never says healthy while an incident is open or the state is unknown', async () => {
    for (const name of Object.keys(cases) as readonly (keyof typeof cases)[]) {
      const isWell = name === 'healthy' || name === 'quiet';
      expect((await words(name)).includes('People can register models now'), name).toBe(isWell);
    }
  });

  it('leaves out registration when the flow is off', async () => {
    const { state } = cases.healthy;
    if (state?.lastCycle == null) throw new Error('nothing was tracked');
    const without = { ...state, lastCycle: { ...state.lastCycle, flow: false } };

    const shown = read(await ask({ ...cases.healthy, state: without }));

    expect(shown).toMatch(/^✓ All probes pass .* model registration is not probed here/);
    expect(shown).not.toContain('People can register models');
  });

  it('waits for three cycles when the cycles are more than two minutes apart', async () => {
    const late = { ...cases.healthy, now: cases.healthy.now + 20 * 60_000 };

    expect(read(await ask(late))).toContain('Nothing is known');
    expect(read(await ask(late, contextOf(), { cycleMs: 15 * 60_000 }))).toContain('People can register models now');
  });
});

describe('the widget', () => {
  it('shows each hop in its last known state, and no hop as working when nothing is known', async () => {
    expect(await ask(cases.critical)).toMatch(
      /aria-label="Request path: [^"]*service discovery broken, MLflow works, database not reached"/,
    );
    expect(await ask(cases.healthy)).toMatch(/aria-label="Request path: client works, DNS works, [^"]*database works"/);
    expect(await ask(cases.blind)).toContain('Request path: client broken, DNS not reached');
    for (const name of ['stale', 'empty'] as const) {
      expect(/aria-label="Request path: ([^"]*)"/.exec(await ask(cases[name]))?.[1]).not.toContain('works');
    }
  });

  it('shows the cause, start, effect and first command of an open incident, with hosts filled in', async () => {
    const text = await words('tie');

    expect(text).toContain('20261121-0704-registry');
    expect(text).toContain('since 07:04 UTC (12 min) · 12 failing cycles · 3 requests fail · not acknowledged');
    expect(text).toContain(
      '82 % The API does not find MLflow: its internal name does not resolve, or leads to an old address.',
    );
    expect(text).toContain('18 % The API asks MLflow at an address where nothing answers it.');
    expect((await ask(cases.tie)).match(/<pre>/g)).toHaveLength(2);
    expect(await words('notice')).toContain('openssl s_client -connect auth.hokus.ai:443');
  });

  it('shows acknowledgements, mutes and waiting messages', async () => {
    const { state, now } = cases.critical;
    const at = new Date(now).toISOString();
    const muted = mute(acknowledge(state, '20261121-0704-registry', 'Ada', at), {
      what: { host: 'registry' },
      until: new Date(now + 3_600_000).toISOString(),
      reason: 'a migration',
    });
    const text = read(await ask({ state: muted, now }));

    expect(text).toContain('acknowledged by Ada at 07:16 UTC');
    expect(text).toContain('Muted: host registry until 2026-11-21 08:16 UTC: a migration');
  });

  it('draws the incidents in the dashboard’s time range, or of one day', async () => {
    const { now } = cases.healthy;
    const hours = (from: number, to: number) =>
      contextOf({ timeRange: { start: now - from * 3_600_000, end: now - to * 3_600_000 } });
    const bars = (html: string): number => html.match(/<rect /g)?.length ?? 0;

    expect(bars(await ask(cases.healthy))).toBe(3);
    expect(bars(await ask(cases.healthy, hours(2, 0)))).toBe(1);
    expect(read(await ask(cases.healthy, hours(48, 24)))).toMatch(/Incidents from 2026-11-19 .* none/);
    const zoomed = contextOf({ timeRange: { start: 0, end: now, zoom: { start: now - 7_200_000, end: now } } });
    expect(bars(await ask(cases.healthy, zoomed))).toBe(1);
  });

  it.each(['light', 'dark'] as const)('stays within its width, well-formed and without script: %s', async (theme) => {
    for (const width of [300, 600, 1_800]) {
      const all = await Promise.all(Object.values(cases).map((one) => ask(one, contextOf({ theme, width }))));
      const html = all.join('');
      expect(await xmlErrors(`<x>${html}</x>`)).toEqual([]);
      expect(html).not.toMatch(/<script|<iframe|<use|<image|url\(|@import|javascript:| on\w+=/);
      const widths = [...html.matchAll(/<svg[^>]* width="([\d.]+)"/g)].map(([, drawn]) => Number(drawn));
      expect(Math.max(...widths)).toBeLessThanOrEqual(width);
    }
  });

  it('uses another text colour in dark mode', async () => {
    const textColor = (html: string) => /\.hs\{color:(#\w+)/.exec(html)?.[1];

    expect(textColor(await ask(cases.healthy, contextOf({ theme: 'dark' })))).not.toBe(
      textColor(await ask(cases.healthy)),
    );
  });
});
