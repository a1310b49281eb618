import type { IncidentEvent } from '../model/incident.ts';
import { type Attributes, attributesOf } from './attributes.ts';
import { type Card, cardOf } from './card.ts';
import type { Setting } from './setting.ts';
import { subjectOf } from './subject.ts';
import { headText, textOf } from './text.ts';

/** An event in all the forms in which it is told. */
export interface Message {
  readonly subject: string;
  /** For a mail. */
  readonly text: string;
  /** Of the text what can be acted on. */
  readonly shortText: string;
  /** For a chat. */
  readonly card: Card;
  readonly attributes: Attributes;
}

export const messageOf = (event: IncidentEvent, setting: Setting): Message => ({
  subject: subjectOf(event),
  text: textOf(event, setting),
  shortText: headText(event, setting),
  card: cardOf(event, setting),
  attributes: attributesOf(event),
});
