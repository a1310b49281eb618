import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** Where and when the figures were measured. */
export const describeMachine = (now: Date): readonly string[] => [
  `${now.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  `${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  `${type()} ${release().split('-')[0]}, Node ${process.versions.node}, OpenSSL ${process.versions.openssl}`,
  `load when it began: ${loadavg()[0]?.toFixed(2)} (1 minute)`,
];
