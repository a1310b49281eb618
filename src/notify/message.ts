import { type Attributes, attributesOf } from './attributes.ts';
import { type Card, cardOf } from './card.ts';
import type { Sendable } from './channel.ts';
import type { Setting } from './setting.ts';
import { subjectOf } from './subject.ts';
import { headText, textOf } from './text.ts';

/** An event in every form in which it is sent. */
export interface Message {
  readonly subject: string;
  /** For mail. */
  readonly text: string;
  /** The actionable part of the text. */
  readonly shortText: string;
  /** For chat. */
  readonly card: Card;
  readonly attributes: Attributes;
}

export const messageOf = (event: Sendable, setting: Setting): Message => ({
  subject: subjectOf(event),
  text: textOf(event, setting),
  shortText: headText(event, setting),
  card: cardOf(event, setting),
  attributes: attributesOf(event),
});
