import { relative } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';

/** 97.5th percentile of the normal distribution. */
const z = 1.96;

/** Wilson's interval: a share of few, near 0 or 1, has one too. */
function interval(found: number, all: number): readonly [number, number] {
  const share = found / all;
  const middle = share + z ** 2 / (2 * all);
  const half = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2));
  return [(middle - half) / (1 + z ** 2 / all), (middle + half) / (1 + z ** 2 / all)];
}

const percent = (share: number): string => (share * 100).toFixed(1);

export function survivors(results: readonly MutantResult[]): readonly string[] {
  return results
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ fileName, location: { start, end }, mutatorName, replacement, status }) => {
      const place = `${relative('', fileName)}:${start.line}:${start.column}-${end.line}:${end.column}`;
      return `${place} ${status} ${mutatorName} → ${(replacement ?? '').replace(/\s+/g, ' ').slice(0, 100)}`;
    })
    .sort();
}

/** One line: `classify 1/10: 85.2 % (95 % interval 79.1 to 89.8), 150 killed, …`. */
export function summary(name: string, slice: string, results: readonly MutantResult[]): string {
  const count = (status: MutantResult['status']): number => results.filter((one) => one.status === status).length;
  const killed = count('Killed');
  const timeout = count('Timeout');
  const survived = count('Survived');
  const noCoverage = count('NoCoverage');
  const all = killed + timeout + survived + noCoverage;
  const [low, high] = interval(killed + timeout, all);
  return (
    `${name} ${slice}: ${percent((killed + timeout) / all)} % (95 % interval ${percent(low)} to ${percent(high)}): ` +
    `${killed} killed, ${timeout} timeouts, ${survived} survived, ${noCoverage} not covered, of ${all} mutants; ` +
    `of all ${results.length}, ${count('Ignored')} are static and left out`
  );
}
