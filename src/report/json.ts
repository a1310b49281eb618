import type { Report } from '../model/report.ts';
import { defaultHosts } from '../platform/hosts.ts';
import { described, type Platform } from './described.ts';
import { jsonText } from './json-text.ts';

/** Without the configuration, a report's own targets are unknown. */
const defaultPlatform: Platform = { hosts: defaultHosts, targets: [] };

/** The report as JSON, `schemaVersion` 1. */
export const renderJson = (report: Report, platform: Platform = defaultPlatform): string =>
  jsonText(described(report, platform));
