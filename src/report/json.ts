import type { Report } from '../platform/report.ts';

/** The report as JSON, `schemaVersion` 1; times are rounded to a microsecond, which is more than they are worth. */
export const renderJson = (report: Report): string =>
  `${JSON.stringify(report, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value), 2)}\n`;
