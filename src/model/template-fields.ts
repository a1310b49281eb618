/** What a template of a message may name, as `{{field}}`. */
export const templateFields = [
  'status',
  'severity',
  'subject',
  'text',
  'event',
  'eventId',
  'key',
  'incident',
  'environment',
  'at',
  'since',
  'cause',
  'causes',
  'host',
  'hosts',
  'failures',
  'command',
  'acknowledge',
  'acknowledgedBy',
  'dashboard',
  'runbook',
] as const;

export type TemplateField = (typeof templateFields)[number];

/** A place in a template. White space inside the braces is allowed. */
export const templatePlace = /\{\{ {0,9}(\w{1,40}) {0,9}\}\}/g;
