import type { Report } from '../model/report.ts';
import { defaultHosts } from '../platform/hosts.ts';
import { described, type Platform } from './described.ts';

/** A report's own targets are not known without the configuration. */
const defaultPlatform: Platform = { hosts: defaultHosts, targets: [] };

/** The report as JSON, `schemaVersion` 1; times are rounded to a microsecond, which is more than they are worth. */
export const renderJson = (report: Report, platform: Platform = defaultPlatform): string => {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
  return `${JSON.stringify(described(report, platform), rounded, 2)}\n`;
};
