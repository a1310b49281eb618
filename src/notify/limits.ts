/** Every limit of what is sent. Characters unless the name says otherwise. */
export const notifyLimits = {
  /** SNS: a subject has fewer than 100, ASCII, none of control. */
  subject: 99,
  /** Of a mail's lines, commands and links aside: they are there to be copied. */
  width: 76,
  /** Of a mail: a longer one loses its end, which is the least of it. SNS takes 262,144 bytes with card and attributes. */
  textBytes: 16_000,
  /** Of what a server said, so much is read, and so much is shown. */
  foreignRead: 2_000,
  foreignShown: 240,
  foreignInHead: 140,
  /** Ids, names of hosts, environments: longer ones are no names. */
  name: 128,
  /** SNS takes more; filter policies compare 256. */
  attribute: 256,
  link: 2_000,
  /** Slack cuts a section at 3,000. */
  cardDescription: 2_800,
  cardTitle: 250,
  cardStep: 500,
  webhookText: 3_800,
  /** Entries of lists: beyond so many they are no help. */
  shownFailures: 6,
  shownIds: 8,
  shownSteps: 3,
  shownCauses: 4,
  shownHistory: 8,
  shownOpen: 12,
  /** Of a web hook, in milliseconds: until it is connected and its certificate checked, and until it has answered. */
  hookConnectMs: 3_000,
  hookAnswerMs: 8_000,
  /** Of its answer, in bytes. */
  hookAnswerBytes: 4_096,
} as const;
