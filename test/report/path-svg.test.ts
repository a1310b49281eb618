import { describe, expect, it } from 'vitest';
import type { PathHop } from '../../src/model/incident.ts';
import { paths } from '../../src/platform/hops.ts';
import { pathSvg } from '../../src/report/path-svg.ts';
import { xmlErrors } from './xml.ts';

const path: readonly PathHop[] = paths.proxyToDatabase.map((hop, index) => ({
  hop,
  state: index < 8 ? 'works' : index === 8 ? 'broken' : 'not-reached',
}));

describe('the request path as a picture', () => {
  it('describes itself in words for screen readers', () => {
    const svg = pathSvg(path, { theme: 'light', width: 600 });
    expect(svg).toMatch(
      /role="img" aria-label="Request path: client works, DNS works, .*, service discovery broken, MLflow not reached, database not reached"/,
    );
    expect(svg).toContain('<title>Request path: client works');
  });

  it.each(['light', 'dark', 'auto'] as const)(
    'is one well-formed element without script, use or reference, when %s',
    async (theme) => {
      const svg = pathSvg(path, { theme, width: 600 });
      expect(await xmlErrors(svg)).toEqual([]);
      expect(svg).not.toMatch(/<script|<use|<image|<foreignObject|href|url\(|@import/);
      // A page that takes styles away still shows a picture of one theme.
      expect(svg.includes('<style>')).toBe(theme === 'auto');
    },
  );

  it('fits its width: no character lies outside, and no two labels of a row overlap', () => {
    for (const width of [320, 600, 840]) {
      const svg = pathSvg(path, { theme: 'dark', width });
      const labels = [...svg.matchAll(/<tspan x="([\d.]+)" y="(\d+)">([^<]+)</g)].map(
        ([, x = '', y = '', text = '']) => {
          // A letter of 12 units in bold is 8 wide at most on average.
          const half = (text.length * 8) / 2;
          return { y, from: Number(x) - half, to: Number(x) + half };
        },
      );
      expect(labels.length).toBeGreaterThan(12);
      for (const { from, to } of labels) {
        expect(from).toBeGreaterThanOrEqual(-8);
        expect(to).toBeLessThanOrEqual(width + 8);
      }
      const rows = Map.groupBy(labels, ({ y }) => y);
      for (const [, row] of rows)
        for (const [i, one] of row.entries()) expect(one.from).toBeGreaterThan((row[i - 1]?.to ?? -99) - 8);
    }
  });

  it('shows the states without relying on colour', () => {
    const picture = (state: PathHop['state']): string =>
      pathSvg([{ hop: 'api', state }], { theme: 'light', width: 600 })
        .replaceAll(/(fill|stroke)="#[0-9a-f]+"/g, '')
        .replaceAll(/<title>.*?<\/title>|aria-label="[^"]*"/g, '');
    const states = ['works', 'broken', 'suspect', 'unseen', 'not-reached'] as const;
    expect(new Set(states.map(picture)).size).toBe(states.length);
  });
});
