import { createColors } from 'picocolors';
import { hopLabels } from '../platform/hops.ts';
import { type HostRole, hostRoles } from '../platform/hosts.ts';
import type { Outcome, Report, Status, Verdict } from '../platform/report.ts';
import { bar, legend } from './bar.ts';
import { cut, duration, plainText, plural } from './plain-text.ts';

export interface PrettyOptions {
  readonly color: boolean;
  /** Characters of a line. */
  readonly width: number;
  /** Names of the hosts, by role. */
  readonly hosts: Readonly<Record<string, string>>;
}

type Colors = ReturnType<typeof createColors>;
type Paint = (text: string) => string;

const marks: Readonly<Record<Status, string>> = {
  pass: '✓',
  degraded: '!',
  fail: '✗',
  inconclusive: '?',
  skipped: '–',
};

const barWidth = 24;
const nameWidth = 34;

/** A report for a person at 3 a.m.: passes are quiet and first, failures loud and last, the verdict in the last line. */
export const renderPretty = (report: Report, options: PrettyOptions): string => {
  const colors = createColors(options.color);
  const slowest = Math.max(...report.outcomes.map(({ timingsMs }) => timingsMs.total ?? 0), 1);
  const groups = groupByHost(report.outcomes);
  const calmFirst = [...groups].sort(([, a], [, b]) => Number(hasTrouble(a)) - Number(hasTrouble(b)));
  return [
    colors.bold(
      `Hokusai ${plainText(report.environment)} · ${plural(report.outcomes.length, 'check')} in ${duration(report.durationMs)}`,
    ),
    ...calmFirst.flatMap(([host, outcomes]) => ['', ...renderHost(host, outcomes, slowest, options, colors)]),
    '',
    ...renderNotes(report, colors),
    colors.dim(`timings: ${legend}`),
    summaryLine(report, colors),
    '',
  ].join('\n');
};

const groupByHost = (outcomes: readonly Outcome[]): ReadonlyMap<string, readonly Outcome[]> => {
  const known: readonly string[] = hostRoles;
  const hosts = [...new Set([...known, ...outcomes.map(({ host }) => host)])];
  return new Map(
    hosts.flatMap((host) => {
      const own = outcomes.filter((outcome) => outcome.host === host);
      return own.length === 0 ? [] : [[host, own] as const];
    }),
  );
};

const isTrouble = ({ status, known }: Outcome): boolean => !known && status !== 'pass' && status !== 'skipped';
const hasTrouble = (outcomes: readonly Outcome[]): boolean => outcomes.some(isTrouble);

const renderHost = (
  host: string,
  outcomes: readonly Outcome[],
  slowest: number,
  options: PrettyOptions,
  colors: Colors,
): readonly string[] => {
  const name = options.hosts[host as HostRole] ?? host;
  const failing = outcomes.filter(({ status, known }) => status === 'fail' && !known).length;
  const title = host === 'auth' ? `${name} (control)` : name;
  const heading =
    failing > 0
      ? colors.red(colors.bold(`✗ ${title}   ${failing} of ${outcomes.length} fail`))
      : hasTrouble(outcomes)
        ? colors.yellow(colors.bold(`! ${title}`))
        : `${colors.green('✓')} ${colors.bold(title)}`;
  return [
    heading,
    ...outcomes
      .filter((outcome) => !isTrouble(outcome))
      .map((outcome) => colors.dim(cut(calmLine(outcome, slowest), options.width))),
    ...alike(outcomes.filter(isTrouble)).flatMap((group) => [
      ...group.map((outcome) => loudLine(outcome, slowest, colors)),
      ...evidenceLines(group, options.width, colors),
    ]),
  ];
};

/** Outcomes that say the same, together: their evidence is worth reading once. */
const alike = (outcomes: readonly Outcome[]): readonly (readonly [Outcome, ...Outcome[]])[] => {
  const groups = new Map<string, [Outcome, ...Outcome[]]>();
  for (const outcome of outcomes) {
    const { status, failureMode, phase, hop, address, evidence } = outcome;
    const key = JSON.stringify([status, failureMode, phase, hop, address, evidence.summary]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [outcome]);
    else group.push(outcome);
  }
  return [...groups.values()];
};

const start = ({ target, host, status, timingsMs }: Outcome): string => {
  const name = target.startsWith(`${host}.`) ? target.slice(host.length + 1) : target;
  const time = timingsMs.total === null ? '' : duration(timingsMs.total);
  return `${marks[status]} ${name.padEnd(nameWidth)} ${time.padStart(7)}`;
};

const calmLine = (outcome: Outcome, slowest: number): string => {
  const { status, known, failureMode, timingsMs, evidence } = outcome;
  if (status === 'pass') return `  ${start(outcome)}  ${bar(timingsMs, slowest, barWidth)}`;
  return `  ${start(outcome)}  ${known ? `known · ${failureMode}` : plainText(evidence.summary)}`;
};

const loudLine = (outcome: Outcome, slowest: number, colors: Colors): string =>
  `  ${paintOf(outcome.status, colors)(colors.bold(start(outcome)))}  ${bar(outcome.timingsMs, slowest, barWidth)}`;

const evidenceLines = (
  [outcome]: readonly [Outcome, ...Outcome[]],
  width: number,
  colors: Colors,
): readonly string[] => {
  const summary = plainText(outcome.evidence.summary);
  return [
    `      ${paintOf(outcome.status, colors)(outcome.failureMode ?? outcome.status)}${where(outcome)}`,
    ...(summary === '' ? [] : [`      ${cut(summary, width - 6)}`]),
  ];
};

const where = ({ phase, hop, address, attempts, evidence, timingsMs }: Outcome): string =>
  [
    phase === null ? '' : `phase ${phase}`,
    hop === null ? '' : `at ${hopLabels[hop]}`,
    address ?? '',
    attempts.length > 1 ? 'asked twice' : '',
    evidence.loopLateMs > (timingsMs.total ?? 0) * lateShare
      ? `our own clock was ${Math.round(evidence.loopLateMs)} ms late`
      : '',
  ]
    .filter((part) => part !== '')
    .map((part) => ` · ${part}`)
    .join('');

/** Share of a probe's time from which on the lateness of our own event loop takes the worth from its timings. */
const lateShare = 0.5;

const renderNotes = (report: Report, colors: Colors): readonly string[] => {
  const known = report.outcomes.filter((outcome) => outcome.known).map(({ target }) => target);
  return [
    ...(known.length === 0 ? [] : [colors.dim(`known since the baseline: ${known.join(', ')}`)]),
    ...(report.recovered.length === 0
      ? []
      : [colors.yellow(`failed in the baseline and pass now: ${report.recovered.join(', ')}`)]),
  ];
};

const verdictWords: Readonly<Record<Verdict, string>> = {
  healthy: 'healthy',
  degraded: 'degraded: it works, but not as it should',
  failing: 'failing',
  inconclusive: 'inconclusive: not enough was seen to tell',
};

const summaryLine = (report: Report, colors: Colors): string => {
  const count = (status: Status): number =>
    report.outcomes.filter((outcome) => outcome.status === status && !outcome.known).length;
  const counts = (['fail', 'degraded', 'inconclusive', 'pass', 'skipped'] as const)
    .map((status) => [status, count(status)] as const)
    .filter(([, n]) => n > 0)
    .map(([status, n]) => `${n} ${status}`);
  const knownCount = report.outcomes.filter(({ known }) => known).length;
  const paint = { healthy: colors.green, degraded: colors.yellow, failing: colors.red, inconclusive: colors.yellow };
  return `${paint[report.verdict](colors.bold(verdictWords[report.verdict]))} · ${[...counts, ...(knownCount > 0 ? [`${knownCount} known`] : [])].join(', ')}`;
};

const paintOf = (status: Status, colors: Colors): Paint => {
  switch (status) {
    case 'pass':
      return colors.green;
    case 'fail':
      return colors.red;
    case 'degraded':
    case 'inconclusive':
      return colors.yellow;
    case 'skipped':
      return colors.dim;
  }
};
