import type { Measured } from '../probers/prober.ts';
import type { BenchPhase } from '../target/target.ts';

/** Reads blackbox_exporter's metrics of one probe from Prometheus's text format. Converts seconds to milliseconds. */
export const readMetrics = (name: string, text: string): Measured => {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const at = line.lastIndexOf(' ');
    if (!line.startsWith('#') && at > 0) values.set(line.slice(0, at), Number(line.slice(at + 1)));
  }
  const ms = (metric: string): number => (values.get(metric) ?? Number.NaN) * 1_000;
  const phase = (of: BenchPhase): number => ms(`probe_http_duration_seconds{phase="${of}"}`);
  return {
    name,
    passed: values.get('probe_success') === 1,
    totalMs: ms('probe_duration_seconds'),
    phasesMs: {
      resolve: phase('resolve'),
      connect: phase('connect'),
      tls: phase('tls'),
      processing: phase('processing'),
      transfer: phase('transfer'),
    },
  };
};
