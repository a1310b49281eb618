const KiB = 1024;
const MiB = 1024 * KiB;

/** Limits in bytes for reading files. A larger file is not the one that was meant. */
export const sizeLimits = {
  /** Twice the limit of a configuration, because UTF-16 takes twice the bytes. */
  configuration: 512 * KiB,
  /**
   * A saved report or baseline. A report of 40 targets has a tenth of a MiB; with all evidence kept, 64 KiB per
   * attempt.
   */
  report: 32 * MiB,
  /** All authorities that a system trusts take a quarter of this. */
  authorities: MiB,
  /** A key has at most 4,096 characters. */
  key: 16 * KiB,
  /** Incidents. Everything in them is bounded, and DynamoDB accepts 400 KB. */
  state: 16 * MiB,
} as const;
