import type { IncidentEvent, Mute } from '../platform/incident.ts';
import { few } from '../report/plain-text.ts';
import { hostName } from './failing.ts';
import { nameOf, said } from './foreign.ts';
import type { EventOfIncident } from './incident-head.ts';
import { notifyLimits } from './limits.ts';
import { command, type Line, quoted, words } from './line.ts';
import type { Setting } from './setting.ts';
import { dateAndTime, span, timeOn } from './words.ts';

/** What is told of the monitor itself. */
export type OwnEvent = Exclude<IncidentEvent, EventOfIncident>;

/** What happened to the monitor, what that means, and what to do. */
export const ownHead = (event: OwnEvent, setting: Setting): readonly Line[] => {
  switch (event.kind) {
    case 'monitor-blind':
      return [
        words(null, `The monitor has seen nothing since ${dateAndTime(event.since)}.`),
        words('Why', 'nothing that it asks gets through; without external.control, it may be the whole platform'),
        words('Meanwhile', 'nobody watches the platform: no incident opens or resolves'),
        command('Look yourself', `curl -sS -m 10 -o /dev/null -w '%{http_code}\\n' ${registryUrl(setting)}`),
        command('Its network', 'aws lambda get-function-configuration --function-name <monitor> --query VpcConfig'),
      ];
    case 'monitor-sees':
      return [
        words(null, `The monitor sees again, after ${span(event.since, event.at)}. Nothing to do.`),
        words('Blind', `from ${dateAndTime(event.since)} to ${timeOn(event.at, event.since)} at the latest`),
        words('Meanwhile', 'nothing was opened or resolved; from now on it is again'),
      ];
    case 'mute-ended':
      return muteHead(event.mute, event.open, setting);
    case 'state-lost':
      return [
        words(null, 'The stored incidents could not be read: the monitor begins anew.'),
        quoted('Reason', said(event.reason, setting.redact)),
        quoted('Kept as', said(event.keptAs, setting.redact)),
        words('Open incidents', 'opened anew, with new ids; no more is told of the old ones'),
        words('Gone', 'mutes and acknowledgements set by command: set them again'),
        words('Find out', 'what else writes there: another version, another program'),
      ];
  }
};

const registryUrl = (setting: Setting): string => `https://${hostName('registry', setting)}/`;

const muteHead = (mute: Mute, open: readonly string[], { redact }: Setting): readonly Line[] => [
  words(null, `A mute is over: ${muteWords(mute)}, until ${dateAndTime(mute.until)}.`),
  ...(mute.reason === null ? [] : [quoted('It was set for', said(mute.reason, redact))]),
  ...(open.length === 0
    ? [words(null, 'Nothing that it kept silent is open. Nothing to do.')]
    : [
        words(`Still open (${open.length})`, few(open.map(nameOf), notifyLimits.shownOpen)),
        words('They follow', 'each in a message of its own, now that the mute is over'),
        words('Not done yet', 'mute it again, for a time'),
      ]),
];

/** `target registry.health` */
export const muteWords = ({ what }: Mute): string =>
  Object.entries(what)
    .map(([kind, name]) => `${kind} ${nameOf(name)}`)
    .join(', ');
