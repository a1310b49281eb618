import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Report } from '../../src/model/report.ts';
import { targets } from './observations.ts';

const recorded = (id: string): Omit<Report, 'diagnosis' | 'stillFailing'> =>
  parseReport(readFileSync(join(import.meta.dirname, `../evidence/${id}.json`), 'utf8')).report;

it.each(['third-dns-api-stale-chain', 'third-main-balancer-default-site'])(
  'a certain fault on api.hokus.ai (%s) makes no other fault certain that is not named alone',
  (certain) => {
    const unknown = recorded('third-balancer-timeout-20ms');
    const isOfApi = ({ target }: { readonly target: string }): boolean => target.startsWith('api.');
    const outcomes = [
      ...unknown.outcomes.filter((one) => !isOfApi(one)),
      ...recorded(certain).outcomes.filter((one) => isOfApi(one)),
    ];
    const [alone, both] = [unknown, { ...unknown, outcomes }].map((report) => diagnose(report, targets));
    const confident = both?.hypotheses.filter(({ probability }) => probability >= 0.8) ?? [];

    expect(alone?.faults).toEqual([]);
    expect(both?.faults.length).toBeGreaterThan(1);
    expect(confident.every(({ id }) => id === 'dns-misconfigured' || id === 'alb-routing-misconfigured')).toBe(true);
  },
);
