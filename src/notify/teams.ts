import { cut } from '../wording/plain-text.ts';
import type { Channel, Sendable } from './channel.ts';
import { type Connecting, connectingOf, deliver } from './deliver.ts';
import { groupsOf } from './failing.ts';
import { acknowledgeCommand } from './fields.ts';
import { glanceOf, type State } from './glance.ts';
import { headOf, isOfIncident, linkLines } from './head.ts';
import { stepsOf } from './incident-lines.ts';
import { notifyLimits } from './limits.ts';
import { command, type Line, quoted, words } from './line.ts';
import { httpsOnly } from './secret-url.ts';
import type { Setting } from './setting.ts';
import { subjectOf } from './subject.ts';

export interface TeamsOptions extends Setting, Connecting {
  /** It contains a signature, so it is a secret. */
  readonly url: string;
}

/**
 * Bytes of the whole message. Teams refuses more than 28 KB
 * (https://learn.microsoft.com/connectors/teams/, “Message size limit”), counted after its own additions.
 */
const mostBytes = 20_000;

/** https://adaptivecards.io/explorer/Container.html */
const styles: Readonly<Record<State, 'attention' | 'warning' | 'accent' | 'good' | 'emphasis'>> = {
  critical: 'attention',
  warning: 'warning',
  notice: 'accent',
  operational: 'warning',
  over: 'good',
  test: 'emphasis',
};

/**
 * A workflow of Microsoft Teams that begins “When a Teams webhook request is received” and posts the card
 * (https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using). 202: it was
 * started.
 */
export const createTeamsChannel = (options: TeamsOptions): Channel => {
  const url = httpsOnly(options.url, 'the Teams webhook');
  return {
    name: 'teams',
    send: (event, signal) =>
      deliver(
        {
          ...connectingOf(options),
          ...{ name: 'the Teams webhook', url },
          body: withinSize(event, options),
          hint: 'does the workflow still exist, is it switched on, and may anyone trigger it?',
        },
        signal,
      ),
  };
};

/** Fewer lines if the message is too large. The first ones matter most. */
const withinSize = (event: Sendable, setting: Setting): object => {
  const lines = linesOf(event, setting);
  let message = messageOf(event, lines, setting);
  for (let kept = lines.length - 1; kept > 0 && Buffer.byteLength(JSON.stringify(message)) > mostBytes; kept--)
    message = messageOf(event, [...lines.slice(0, kept), words(null, '… cut: too long for one message')], setting);
  return message;
};

const linesOf = (event: Sendable, setting: Setting): readonly Line[] => {
  const head = headOf(event, setting).filter(({ kind }) => kind !== 'link');
  if (!isOfIncident(event) || event.kind === 'resolved') return head;
  const { incident } = event;
  return [
    ...head,
    ...groupsOf(incident.affected, setting)
      .slice(0, notifyLimits.shownSteps)
      .map(({ failureMode, summary, ids }) => quoted(`${ids.length} × ${failureMode ?? 'failing'}`, summary)),
    ...stepsOf(incident, setting).flatMap(({ command: step, yes, no }, index) => [
      command(`${index + 1}`, step),
      words(null, `${yes}; ${no}`),
    ]),
    ...(incident.acknowledged === null ? [command('Stop reminders', acknowledgeCommand(incident.id, setting))] : []),
  ];
};

const messageOf = (event: Sendable, lines: readonly Line[], setting: Setting): object => {
  const { state, mark } = glanceOf(event);
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          body: [
            {
              type: 'Container',
              style: styles[state],
              bleed: true,
              items: [block([{ ...run(`${mark} ${subjectOf(event)}`), size: 'Large', weight: 'Bolder' }])],
            },
            ...lines.map(({ label, text, kind }) =>
              block([
                ...(label === null ? [] : [{ ...run(`${label}: `), weight: 'Bolder' }]),
                kind === 'command' || kind === 'quoted' ? { ...run(text), fontType: 'Monospace' } : run(text),
              ]),
            ),
          ],
          actions: linkLines(setting.links)
            .slice(0, 2)
            .map(({ label, text }) => ({ type: 'Action.OpenUrl', title: label ?? text, url: text })),
        },
      },
    ],
  };
};

/** Unlike a TextBlock, it knows no Markdown (https://adaptivecards.io/explorer/TextRun.html): a server's text stays text. */
const block = (inlines: readonly object[]): object => ({ type: 'RichTextBlock', inlines });
const run = (text: string) => ({ type: 'TextRun', text: text === '' ? ' ' : cut(text, notifyLimits.link) });
