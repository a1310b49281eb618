/**
 * A room's sources, and the tests that must notice a defect in them. Tests that read megabytes or measure costs are
 * left out: with every expression counted, they take minutes.
 */
interface Room {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

export const rooms: ReadonlyMap<string, Room> = new Map([
  ['classify', { mutate: ['src/classify/**/*.ts'], tests: ['test/classify/!(json-length).test.ts'] }],
  [
    'diagnose',
    {
      // Look-alikes are only for the generated page of hypotheses, which takes seconds to compare.
      mutate: ['src/diagnose/**/*.ts', '!src/diagnose/look-alikes.ts'],
      tests: ['test/diagnose/!(page).test.ts'],
    },
  ],
  [
    'incidents',
    {
      // DynamoDB's store is tested against a server only (test/real/incidents).
      mutate: ['src/incidents/**/*.ts', '!src/incidents/stores/dynamodb*.ts'],
      tests: ['test/incidents/**/*.test.ts'],
    },
  ],
  [
    'redaction',
    {
      mutate: ['src/config/{redact,secret-shapes}.ts', 'src/config/redact/**/*.ts', 'src/raw/**/*.ts'],
      tests: ['test/raw/**/*.test.ts', 'test/config/redact!(-cost).test.ts', 'test/config/literal-secrets.test.ts'],
    },
  ],
]);
