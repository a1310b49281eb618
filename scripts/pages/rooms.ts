/** A folder under `src/` that has one subject, and the other rooms that it may import. */
interface Room {
  readonly holds: string;
  /** `all`: an entrance, or what joins the rooms. */
  readonly mayImport: readonly string[] | 'all';
}

/**
 * The rooms, from the inside to the outside. The only copy of this table: test/architecture.test.ts checks every import of the
 * code against it, and `npm run generate` writes it into ARCHITECTURE.md.
 */
export const rooms: Readonly<Record<string, Room>> = {
  files: { holds: 'the one reader and the one writer of files that a user names', mayImport: [] },
  platform: {
    holds: 'facts and types: hosts, hops, targets, failure modes, hypotheses, limits, report',
    mayImport: [],
  },
  model: {
    holds:
      'the requests of a cycle as one list, the predicates that judge them, the request path, the schema of the report',
    mayImport: ['platform'],
  },
  wording: {
    holds: 'one phrase for one thing: causes, hops, steps, counts, times, probabilities, the verdict',
    mayImport: ['platform', 'model'],
  },
  config: {
    holds: 'schema, loading with line and column, secrets by reference, redaction',
    mayImport: ['platform', 'model', 'files'],
  },
  raw: {
    holds: 'text from outside, until it is redacted and cut',
    mayImport: ['platform', 'config', 'classify'],
  },
  probe: { holds: 'DNS, TCP, TLS, HTTP; phases; limits', mayImport: ['platform', 'config', 'raw'] },
  classify: { holds: 'Observation → Outcome, verdict', mayImport: ['platform', 'model'] },
  diagnose: { holds: 'Outcomes → Diagnosis', mayImport: ['platform', 'model', 'classify'] },
  incidents: {
    holds: 'successive diagnoses → incidents and events; stores and outbox',
    mayImport: ['platform', 'model', 'diagnose', 'report', 'files'],
  },
  registration: {
    holds: 'the model-registration flow: steps, clean-up, sweeper',
    mayImport: ['platform', 'model', 'config', 'raw', 'probe', 'classify'],
  },
  report: { holds: 'Report → text, JSON, JUnit, GitHub, HTML, SVG', mayImport: ['platform', 'model', 'wording'] },
  metrics: { holds: 'Report → CloudWatch; the catalogue and its cost', mayImport: ['platform', 'model'] },
  notify: { holds: 'events → mail, chat, terminal; SNS and webhooks', mayImport: ['platform', 'report', 'wording'] },
  sandbox: { holds: 'an embedded platform with real sockets, and its faults', mayImport: ['platform', 'files'] },
  drill: {
    holds: 'injects faults and scores the diagnosis',
    mayImport: ['platform', 'model', 'diagnose', 'sandbox'],
  },
  cycle: {
    holds: 'what to ask when: selection, pace, retries, what waits for what; one cycle as a report',
    mayImport: [
      'platform',
      'model',
      'wording',
      'config',
      'raw',
      'probe',
      'registration',
      'classify',
      'diagnose',
      'report',
      '.',
    ],
  },
  monitor: {
    holds: 'prepare → cycle → show → track → publish, once, for every entrance',
    mayImport: ['platform', 'config', 'probe', 'cycle', 'incidents', 'metrics', 'notify'],
  },
  lambda: { holds: 'the scheduled function, and the AWS clients', mayImport: 'all' },
  'deploy-hook': { holds: 'the check of a deployment, for CodeDeploy', mayImport: 'all' },
  widget: { holds: 'stored incidents → HTML for the dashboard', mayImport: 'all' },
  cli: { holds: 'the commands', mayImport: 'all' },
  '.': { holds: 'the version', mayImport: [] },
};
