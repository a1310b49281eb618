import { selectTargets } from '../../cycle/selection.ts';
import { historyBytes } from '../../live/limits.ts';
import { shortestLookMs } from '../../monitor/looks.ts';
import type { Prepared } from '../../monitor/prepare.ts';
import { plural } from '../../wording/count.ts';
import { lasting } from '../../wording/time.ts';

export interface Opening {
  readonly inputs: Prepared;
  readonly everyMs: number;
  readonly cycles: number | null;
  /** Null: the built-in targets. */
  readonly configuration: string | null;
  readonly isSandbox: boolean;
  /** Where incidents are kept. */
  readonly statePlace: string;
  /** The command that lists them. */
  readonly listCommand: string;
  /** Names of the channels. */
  readonly told: readonly string[];
  readonly publishes: boolean;
  /** Null: no live page. */
  readonly live: { readonly url: string; readonly historyFile: string; readonly isLoopback: boolean } | null;
}

/** What the watch does, how often, where it keeps its state and who is told: a line each. */
export const openingLines = (opening: Opening): readonly string[] => {
  const { inputs, everyMs, cycles, statePlace, listCommand, told, publishes, live } = opening;
  const {
    environment,
    notify: { heartbeat },
    incidents: { recheckEveryMs },
  } = inputs.settings;
  return [
    `Watching ${environment}: ${askedWords(inputs)}, every ${lasting(everyMs)}${cycles === null ? '' : `, ${plural(cycles, 'time')}`}`,
    ...(looksAgain(opening) ? [row('if it fails', `looked at again every ${lasting(recheckEveryMs)}`)] : []),
    row('configuration', configurationWords(opening)),
    row('incidents', statePlace),
    row('to list them', listCommand),
    row('told', told.join(', ')),
    ...(publishes ? [row('metrics', 'CloudWatch')] : []),
    ...(heartbeat === null ? [] : [row('heartbeat', "a GET to a dead man's switch after each cycle")]),
    ...(live === null
      ? []
      : [
          row(
            'live page',
            `${live.url.slice(0, -1)} (for Prometheus: ${live.url}metrics; health of the monitor: ${live.url}healthz)`,
          ),
          row('history', `${live.historyFile}, the last 24 hours, at most ${historyBytes / 1024} KiB`),
          ...(live.isLoopback ? [] : [row('', 'everyone who reaches this address can read the page: it has no login')]),
        ]),
    ...(inputs.only === null ? [] : [row('selection', 'incidents of other targets neither continue nor end here')]),
  ];
};

/** A look needs some time before the next cycle. */
const looksAgain = ({ inputs: { settings }, everyMs }: Opening): boolean =>
  settings.incidents.recheckEveryMs + shortestLookMs <= everyMs;

const row = (label: string, text: string): string => `  ${label.padEnd(13)}  ${text}`;

const askedWords = ({ settings, only, registration }: Prepared): string => {
  const targets = selectTargets(settings, only).length;
  return [
    ...(targets === 0 ? [] : [plural(targets, 'target')]),
    ...(registration ? ['the model-registration flow'] : []),
  ].join(' and ');
};

const configurationWords = ({ configuration, isSandbox }: Opening): string => {
  if (isSandbox) return 'the embedded sandbox';
  return configuration === null ? 'the built-in targets' : `${configuration}, read again before each cycle`;
};
