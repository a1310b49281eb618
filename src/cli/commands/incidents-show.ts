import { Command, Option } from 'commander';
import { createColors } from 'picocolors';
import type { Settings } from '../../config/settings.ts';
import { keptIncident } from '../../incidents/judge.ts';
import type { incidentDetails } from '../../incidents/list-schema.ts';
import type { State } from '../../incidents/state.ts';
import type { OutputOf } from '../../model/output-of.ts';
import { postmortem } from '../../report/incident/postmortem.ts';
import type { KeptIncident } from '../../report/incident/remembered.ts';
import { storyLines } from '../../report/incident/story.ts';
import { jsonText } from '../../report/json-text.ts';
import { readable } from '../ascii.ts';
import { placedIncidents, readPlace } from '../incident-place.ts';
import { ownCommand, type PlaceOptions } from '../own-command.ts';
import { describeTerminal } from '../terminal.ts';

const formats = ['pretty', 'json', 'markdown'] as const;

interface ShowOptions extends PlaceOptions {
  readonly format: (typeof formats)[number];
}

/** @param finished prints what the work returns */
export const showCommand = (finished: (work: () => Promise<string>) => Promise<void>): Command =>
  placedIncidents(new Command('show'))
    .description('tell the story of an incident: its messages, evidence, path and commands')
    .argument('<id>', 'id of an open or past incident')
    .addOption(
      new Option('--format <format>', 'markdown is the draft of a postmortem').choices(formats).default('pretty'),
    )
    .action((id: string, { format, ...place }: ShowOptions) =>
      finished(async () => {
        const { state, settings } = await readPlace(place);
        const kept = keptOf(id, state, settings);
        switch (format) {
          case 'json':
            return jsonText(detailsOf(kept));
          case 'markdown':
            return postmortem(kept);
          case 'pretty':
            return storyText(kept, place);
        }
      }),
    );

/** @throws a sentence when no incident with this id is kept */
export const keptOf = (id: string, state: State, { hosts }: Settings): KeptIncident => ({
  view: keptIncident(state, id),
  messages: state.stories.find(({ incident }) => incident === id)?.entries ?? [],
  judgement: state.judgements.find(({ incident }) => incident === id) ?? null,
  hosts,
  now: Date.now(),
});

export const storyText = (kept: KeptIncident, place: PlaceOptions): string => {
  const { color, width } = describeTerminal(process.stdout, process.env);
  const { id, acknowledged, resolvedAt, causes } = kept.view;
  // A tie is right for one of its causes.
  const which = causes.length > 1 ? ['--cause', causes[0]?.id ?? ''] : [];
  const asked = [
    ...(acknowledged === null && resolvedAt === null
      ? [`  acknowledge  ${ownCommand(['incidents', 'acknowledge', id], place)}`]
      : []),
    `  judge it     ${ownCommand(['incidents', 'judge', id, 'right', ...which], place)}`,
    `  postmortem   ${ownCommand(['incidents', 'show', id, '--format', 'markdown'], place)}`,
  ];
  return readable(`${[...storyLines(kept, { colors: createColors(color), width }), '', ...asked].join('\n')}\n`);
};

const detailsOf = ({ view, messages, judgement }: KeptIncident): OutputOf<typeof incidentDetails> => ({
  environment: view.environment,
  incident: view,
  messages,
  judgement,
});
