/** A folder under `src/` with one subject, and the other rooms that it may import. */
interface Room {
  readonly holds: string;
  /** `all`: an entry point, or code that joins the rooms. */
  readonly mayImport: readonly string[] | 'all';
}

/**
 * The rooms, from the inside outwards. The only copy of this table: test/architecture.test.ts checks every import
 * against it, and `npm run generate` writes it into ARCHITECTURE.md.
 */
export const rooms: Readonly<Record<string, Room>> = {
  files: { holds: 'the one reader and the one writer of files that a user names', mayImport: [] },
  model: {
    holds:
      'the types of the values that flow: target, observation, outcome, report and its schema, diagnosis, incident; the requests of a report; limits',
    mayImport: ['platform'],
  },
  platform: {
    holds: 'facts about Hokusai: hosts, hops, default targets, steps of the flow, hypotheses, runbooks',
    mayImport: ['model'],
  },
  wording: {
    holds: 'one phrase for one thing: causes, hops, steps, counts, times, probabilities, the verdict',
    mayImport: ['model', 'platform'],
  },
  config: {
    holds: 'schema, loading with line and column, secrets by reference, redaction',
    mayImport: ['model', 'platform', 'files'],
  },
  raw: { holds: 'text from outside, until it is redacted and cut', mayImport: ['model', 'config', 'classify'] },
  probe: { holds: 'DNS, TCP, TLS, HTTP; phases; limits', mayImport: ['model', 'config', 'raw'] },
  normal: {
    holds: 'how long requests normally take, by hour of the day: learned, stored, compared',
    mayImport: ['model', 'platform'],
  },
  classify: { holds: 'Observation → Outcome, verdict', mayImport: ['model', 'platform'] },
  diagnose: { holds: 'Outcomes → Diagnosis', mayImport: ['model', 'platform', 'classify'] },
  incidents: {
    holds: 'successive diagnoses → incidents and events; stores and outbox',
    mayImport: ['model', 'platform', 'normal', 'diagnose', 'report', 'files'],
  },
  registration: {
    holds: 'the model-registration flow: steps, clean-up, sweeper',
    mayImport: ['model', 'platform', 'config', 'raw', 'probe', 'classify'],
  },
  report: { holds: 'Report → text, JSON, JUnit, GitHub, HTML, SVG', mayImport: ['model', 'platform', 'wording'] },
  confirm: {
    holds: 'asks AWS, read-only: client, lookups, judgements',
    mayImport: ['model', 'platform', 'wording', 'config', 'raw', 'diagnose'],
  },
  metrics: { holds: 'Report → CloudWatch; the catalogue and its cost', mayImport: ['model', 'platform'] },
  notify: {
    holds: 'events → mail, chat, alerts, terminal; SNS and https',
    mayImport: ['model', 'platform', 'report', 'wording'],
  },
  sandbox: {
    holds: 'an embedded platform with real sockets, and its faults',
    mayImport: ['model', 'platform', 'files'],
  },
  drill: {
    holds: 'injects faults and scores the diagnosis',
    mayImport: ['model', 'platform', 'diagnose', 'sandbox'],
  },
  cycle: {
    holds: 'what to probe and when: selection, pace, retries, dependencies between targets; one cycle as a report',
    mayImport: [
      'model',
      'platform',
      'wording',
      'config',
      'raw',
      'probe',
      'registration',
      'normal',
      'classify',
      'diagnose',
      '.',
    ],
  },
  monitor: {
    holds: 'prepare → cycle → show → track → publish, once, for every entrance; looks between two cycles',
    mayImport: ['model', 'config', 'probe', 'normal', 'cycle', 'incidents', 'metrics', 'notify'],
  },
  aws: {
    holds: 'AWS clients, each loaded when it is needed; secrets, the parameter store, the state table',
    mayImport: ['model', 'config', 'incidents'],
  },
  live: { holds: 'watch’s live page', mayImport: 'all' },
  functions: {
    holds: 'the Lambda handlers: the scheduled probe, the check of a deployment, the dashboard’s widget, acknowledging',
    mayImport: 'all',
  },
  cli: { holds: 'the commands', mayImport: 'all' },
  '.': { holds: 'the version', mayImport: [] },
};
