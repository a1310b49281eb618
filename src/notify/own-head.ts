import type { IncidentEvent, Mute } from '../model/incident.ts';
import { few } from '../wording/count.ts';
import { mutedWords } from '../wording/mute.ts';
import { clock, span } from '../wording/time.ts';
import { hostName } from './failing.ts';
import { nameOf, said } from './foreign.ts';
import type { EventOfIncident } from './incident-head.ts';
import { notifyLimits } from './limits.ts';
import { command, type Line, quoted, words } from './line.ts';
import type { Setting } from './setting.ts';

export type OwnEvent = Exclude<IncidentEvent, EventOfIncident>;

export const ownHeadlines: Readonly<Record<OwnEvent['kind'], string>> = {
  'monitor-blind': 'the monitor is blind',
  'monitor-sees': 'the monitor has recovered',
  'mute-ended': 'a mute has ended',
  'state-lost': 'the stored incidents are lost',
};

/** The event, its effect and the action to take. */
export const ownHead = (event: OwnEvent, setting: Setting): readonly Line[] => {
  switch (event.kind) {
    case 'monitor-blind':
      return [
        words(null, `The monitor has seen nothing since ${clock(event.since)}.`),
        words('Why', 'no request gets through; without external.control, the platform may be down'),
        words('Meanwhile', 'no incident opens or resolves'),
        command('Check by hand', `curl -sS -m 10 -o /dev/null -w '%{http_code}\\n' ${registryUrl(setting)}`),
        command('Its network', 'aws lambda get-function-configuration --function-name <monitor> --query VpcConfig'),
      ];
    case 'monitor-sees':
      return [
        words(null, `The monitor has recovered after ${span(event.since, event.at)}. No action needed.`),
        words('Blind', `from ${clock(event.since)} to ${clock(event.at, event.since)} at the latest`),
        words('Meanwhile', 'no incident was opened or resolved'),
      ];
    case 'mute-ended':
      return muteHead(event.mute, event.open, setting);
    case 'state-lost':
      return [
        words(null, 'The stored incidents could not be read: the monitor starts over.'),
        quoted('Reason', said(event.reason, setting.redact)),
        quoted('Kept as', said(event.keptAs, setting.redact)),
        words('Open incidents', 'reopen under new ids, the old ids stay silent'),
        words('Lost', 'mutes and acknowledgements set by command: set them again'),
        words('Check', 'does another version or program write there?'),
      ];
  }
};

const registryUrl = (setting: Setting): string => `https://${hostName('registry', setting)}/`;

const muteHead = (mute: Mute, open: readonly string[], { redact }: Setting): readonly Line[] => [
  words(null, `A mute has ended: ${mutedWords(mute, nameOf)}, until ${clock(mute.until)}.`),
  ...(mute.reason === null ? [] : [quoted('Reason', said(mute.reason, redact))]),
  ...(open.length === 0
    ? [words(null, 'No muted incident is open. No action needed.')]
    : [
        words(`Still open (${open.length})`, few(open.map(nameOf), notifyLimits.shownOpen)),
        words('Next', 'a message about each of them'),
        words('Not ready yet', 'mute it again for some time'),
      ]),
];
