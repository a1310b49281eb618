import type { Report } from '../model/report.ts';
import { defaultHosts } from '../platform/hosts.ts';
import { described, type Platform } from './described.ts';

/** Without the configuration, a report's own targets are unknown. */
const defaultPlatform: Platform = { hosts: defaultHosts, targets: [] };

/** The report as JSON, `schemaVersion` 1. Times are rounded to a microsecond, which is finer than their accuracy. */
export const renderJson = (report: Report, platform: Platform = defaultPlatform): string => {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
  return `${JSON.stringify(described(report, platform), rounded, 2)}\n`;
};
