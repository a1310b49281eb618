import type { Timings } from '../model/observation.ts';
import type { TimedPhase } from '../model/phases.ts';
import { duration } from './time.ts';

/** Labels of the timed phases, in order. */
export const phaseWords: Readonly<Record<TimedPhase, string>> = {
  resolve: 'DNS',
  connect: 'connect',
  tls: 'TLS',
  processing: 'waiting',
  transfer: 'receiving',
};
export const timedPhases = Object.keys(phaseWords) as readonly TimedPhase[];

/** `DNS 1.2 ms, connect 14 ms` */
export const timingWords = (timings: Timings): string =>
  timedPhases
    .flatMap((phase) => {
      const ms = timings[phase];
      return ms === null ? [] : [`${phaseWords[phase]} ${fine(ms)}`];
    })
    .join(', ');

/** Below 10 ms, tenths matter. */
const fine = (ms: number): string => (ms >= 0 && ms < 10 ? `${ms.toFixed(1)} ms` : duration(ms));
