import { createColors } from 'picocolors';
import type { Channel } from '../../incidents/send.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import type { IncidentEvent } from '../../model/incident.ts';
import type { Reach } from '../../model/own-command.ts';
import type { Made, Report } from '../../model/report.ts';
import { leftBehindIn, requests } from '../../model/requests.ts';
import type { Tracking } from '../../model/tracking.ts';
import { settingOf } from '../../monitor/channels.ts';
import { beat } from '../../monitor/heartbeat.ts';
import { createMemory } from '../../monitor/memory.ts';
import { type Monitoring, monitor } from '../../monitor/monitor.ts';
import type { Prepared } from '../../monitor/prepare.ts';
import type { Tracker } from '../../monitor/track.ts';
import { printedEvent } from '../../notify/print.ts';
import { jsonLine } from '../../report/json-text.ts';
import { channelsOf } from '../channels.ts';
import { cycleLine } from '../cycle-line.ts';
import type { Missed } from '../every.ts';
import { type Whereabouts, whatIsLeft } from '../left-behind.ts';
import { printExact, printPainted, say } from '../print.ts';
import { sayProxyNote } from '../proxy-note.ts';
import { isPublished, publishing } from '../publish.ts';
import { secretSources } from '../secret-sources.ts';
import { describeTerminal } from '../terminal.ts';
import { jsonCycle } from './json-cycle.ts';

/** Time to store and send after a cycle. */
export const sendMs = 20_000;
/** Time for the GET to a dead man's switch, after everything else. */
const heartbeatMs = 5_000;

export interface CycleParts {
  readonly inputs: Prepared;
  readonly store: IncidentStore;
  readonly stop: AbortSignal;
  readonly cut: AbortSignal;
  readonly where: Whereabouts;
  /** Where a command of the reader finds the incidents. */
  readonly reach: Reach;
  readonly onFlow: (made: () => readonly Made[]) => void;
  readonly everyMs: number;
  readonly publishes: boolean;
  readonly isJson: boolean;
  readonly missed: Missed | null;
  readonly confirm: NonNullable<Monitoring['confirm']> | null;
  /** Takes a cycle that was tracked. */
  readonly onEnded: (report: Report, tracking: Tracking) => Promise<void>;
}

/** One cycle, with storing, sending and publishing. False: one of these failed. */
export const watchCycle = async (parts: CycleParts): Promise<boolean> => {
  const { inputs, store, stop, cut, where, onFlow, everyMs, publishes, isJson, missed, confirm, onEnded } = parts;
  const { settings } = inputs;
  const events: IncidentEvent[] = [];
  const shown = isJson ? collecting(events) : terminalChannel(inputs, parts.reach);
  const tracker: Tracker = { store, channels: [shown, ...channelsOf(inputs, parts.reach)], now: Date.now };
  const { report, tracking, published } = await monitor({
    ...inputs,
    deadlineMs: Math.min(settings.limits.deadlineMs, everyMs - reserveMs(everyMs)),
    memory: createMemory(inputs, tracker, {
      tracksSelection: true,
      limits: () => ({ signal: AbortSignal.any([AbortSignal.timeout(sendMs), cut]) }),
      onNote: say,
      onTrouble: say,
    }),
    confirm,
    stop,
    onFlow,
    show: async (seen) => {
      if (stop.aborted) {
        // A partial cycle would look like a complete one.
        for (const line of whatIsLeft(seen, where)) say(line);
        return false;
      }
      if (!isJson)
        await printPainted(`${cycleLine(seen, createColors(describeTerminal(process.stdout, process.env).color))}\n`);
      sayProxyNote(seen, settings);
      return true;
    },
    publish: publishes ? publishing(inputs) : null,
  });
  // Null: the cycle was interrupted.
  if (tracking === null) return leftBehindIn(requests(report)).length === 0;
  if (isJson) await printExact(jsonLine(jsonCycle({ report, tracking, published, events, missed })));
  await onEnded(report, tracking);
  if (!isPublished(published)) return false;
  const silence = await beat(inputs, secretSources(process.env), heartbeatMs);
  if (silence !== null) say(silence);
  return tracking.troubles.length === 0;
};

/** Part of the time between two cycles that is kept for sending. */
const reserveMs = (everyMs: number): number => Math.min(sendMs, everyMs / 4);

const terminal = 'terminal';

const terminalChannel = (inputs: Prepared, reach: Reach): Channel => {
  const look = describeTerminal(process.stdout, process.env);
  return {
    name: terminal,
    send: async (event) => {
      await printPainted(printedEvent(event, { ...settingOf(inputs, { log: null, reach }), ...look }));
    },
  };
};

/** The events become part of the cycle's line. */
const collecting = (events: IncidentEvent[]): Channel => ({
  name: terminal,
  send: async (event) => {
    events.push(event);
  },
});

/** Who is told, by name. */
export const toldBy = (inputs: Prepared, isJson: boolean): readonly string[] => [
  isJson ? 'standard output, as JSON' : 'this terminal',
  ...channelsOf(inputs, { config: null, state: null }).map(({ name }) => name),
];
