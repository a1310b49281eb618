import { type HostRole, hostRoles } from '../platform/hosts.ts';
import type { Outcome } from '../platform/report.ts';
import { calmLine, type Entry, isTrouble, loudLines } from './entry.ts';
import type { Page, Section } from './page.ts';

/** A section for each host; `names`: the hosts' names by role. */
export const hostSections = (
  outcomes: readonly Outcome[],
  names: Readonly<Record<string, string>>,
  page: Page,
): readonly Section[] =>
  [...groupByHost(outcomes)].map(([host, ofHost]) => ({
    trouble: ofHost.some(isTrouble),
    lines: renderHost(host, names[host as HostRole] ?? host, ofHost, page),
  }));

/** Hosts in the order of the platform's, then others; each with what was asked of it. */
export const groupByHost = (outcomes: readonly Outcome[]): ReadonlyMap<string, readonly Outcome[]> => {
  const known: readonly string[] = hostRoles;
  const hosts = [...new Set([...known, ...outcomes.map(({ host }) => host)])];
  return new Map(
    hosts.flatMap((host) => {
      const own = outcomes.filter((outcome) => outcome.host === host);
      return own.length === 0 ? [] : [[host, own] as const];
    }),
  );
};

/** `auth` is the control: it kept working in every incident on record. */
export const hostTitle = (host: string, name: string): string => (host === 'auth' ? `${name} (control)` : name);

const renderHost = (host: string, name: string, outcomes: readonly Outcome[], page: Page): readonly string[] => {
  const { colors } = page;
  const failing = outcomes.filter(({ status, known }) => status === 'fail' && !known).length;
  const title = hostTitle(host, name);
  const heading =
    failing > 0
      ? colors.red(colors.bold(`✗ ${title}   ${failing} of ${outcomes.length} fail`))
      : outcomes.some(isTrouble)
        ? colors.yellow(colors.bold(`! ${title}`))
        : `${colors.green('✓')} ${colors.bold(title)}`;
  return [
    heading,
    ...outcomes.filter((outcome) => !isTrouble(outcome)).map((outcome) => calmLine(entryOfTarget(outcome), page)),
    ...loudLines(outcomes.filter(isTrouble).map(entryOfTarget), page),
  ];
};

export const entryOfTarget = (outcome: Outcome): Entry => {
  const { target, host, timingsMs, attempts, known } = outcome;
  return {
    name: target.startsWith(`${host}.`) ? target.slice(host.length + 1) : target,
    ms: timingsMs.total,
    known,
    asked: attempts.length > 1 ? 'asked twice' : '',
    outcome,
  };
};
