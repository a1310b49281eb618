import { InvalidArgumentError } from 'commander';

/** `--target a --target b,c`: all three. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [
  ...before,
  ...value.split(',').filter((part) => part !== ''),
];

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `30s`, `500ms`, `10m`, `1h` in milliseconds. */
export const parseDuration = (text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const ms = Number(match?.[1]) * (units[match?.[2] ?? ''] ?? Number.NaN);
  if (!Number.isFinite(ms) || ms <= 0) throw new InvalidArgumentError('Give a duration like 30s, 500ms or 10m.');
  return ms;
};
