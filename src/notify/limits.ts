/** Every limit on what is sent. Characters unless the name says otherwise. */
export const notifyLimits = {
  /** SNS: a subject has fewer than 100 ASCII characters and no control characters. */
  subject: 99,
  /** Line width of a mail. Commands and links may be longer, because they are copied. */
  width: 76,
  /** Mail text. A longer one is cut at the end, which matters least. SNS accepts 262,144 bytes with card and attributes. */
  textBytes: 16_000,
  /** Server text: how much is read, and how much is shown. */
  foreignRead: 2_000,
  foreignShown: 240,
  foreignInHead: 140,
  /** The event as JSON, quoted, which SNS's 262,144 bytes have to hold twice: for SQS and for Lambda. */
  eventBytes: 100_000,
  /** Ids, host names, environments: anything longer is not a real name. */
  name: 128,
  /** SNS accepts more, but filter policies compare only 256. */
  attribute: 256,
  link: 2_000,
  /** Slack cuts a section at 3,000. */
  cardDescription: 2_800,
  cardTitle: 250,
  cardStep: 500,
  webhookText: 3_800,
  /** Entries of lists. More would not help the reader. */
  shownFailures: 6,
  shownIds: 8,
  shownSteps: 3,
  shownCauses: 4,
  shownHistory: 8,
  shownOpen: 12,
  /** Webhook, milliseconds: until connected with a verified certificate, and until it has responded. */
  hookConnectMs: 3_000,
  hookAnswerMs: 8_000,
  /** Webhook response, in bytes. */
  hookAnswerBytes: 4_096,
} as const;
