const KiB = 1024;
const MiB = 1024 * KiB;

/** Bytes that are read of a file at most: a larger one is another file than was meant. */
export const sizeLimits = {
  /** Twice what a configuration may have, for UTF-16 takes twice the bytes. */
  configuration: 512 * KiB,
  /** A saved report, also as a baseline. One of 40 targets has a tenth of a MiB; with all evidence kept, 64 KiB an attempt. */
  report: 32 * MiB,
  /** All authorities that a system trusts take a quarter of it. */
  authorities: MiB,
  /** A key has 4,096 characters at most. */
  key: 16 * KiB,
  /** Incidents. Everything in them is bounded, and DynamoDB would take 400 KB. */
  state: 16 * MiB,
} as const;
