import type { Mute } from '../model/incident.ts';
import { clock } from './time.ts';

type Shown = (text: string) => string;

/** `target registry.health` */
export const mutedWords = ({ what }: Pick<Mute, 'what'>, shown: Shown): string =>
  Object.entries(what)
    .map(([kind, name]) => `${kind} ${shown(name)}`)
    .join(', ');

/** `target registry.health until 2026-11-21 06:00 UTC: maintenance` */
export const muteWords = (mute: Mute, shown: Shown): string =>
  `${mutedWords(mute, shown)} until ${clock(mute.until)}${mute.reason === null ? '' : `: ${shown(mute.reason)}`}`;
