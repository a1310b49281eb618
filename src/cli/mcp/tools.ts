import { z } from 'zod';

/** Words that become arguments of a command: no option, no line break. */
const word = z.string().regex(/^[^-\s][^\r\n]{0,299}$/, 'one line that does not begin with a hyphen');
const name = z.string().regex(/^[A-Za-z0-9][\w.:-]{0,199}$/, 'a name');

/** A tool: a command of this program, with its arguments. All of them only read. */
export interface Tool {
  readonly title: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, z.ZodType>>;
  /** The arguments of the command. `places`: `--config` and `--state` of the server, for commands that take them. */
  readonly args: (input: Readonly<Record<string, unknown>>, places: Places) => readonly string[];
  /** It asks the platform or AWS. */
  readonly isOnline: boolean;
}

export interface Places {
  readonly config: readonly string[];
  readonly state: readonly string[];
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const flags = (flag: string, value: unknown): readonly string[] => listOf(value).flatMap((one) => [flag, one]);
const given = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);

export const tools = {
  check: {
    title: 'Check the platform',
    description:
      'Probes the Hokusai ML platform once and names the broken hop and the likely cause. Sends shallow reads only; leaves the registration flow out, because it writes. Takes up to a minute.',
    inputSchema: {
      targets: z.array(name).max(50).optional().describe('Only these targets or hosts, such as registry; default: all'),
    },
    args: ({ targets }, { config, state }) => [
      ...['check', '--format', 'brief', '--skip-registration', ...config, ...state],
      ...flags('--target', targets),
    ],
    isOnline: true,
  },
  rehearse: {
    title: 'Break the sandbox',
    description:
      'Checks an embedded copy of the platform on loopback, broken in the given ways, to see what a fault looks like. Touches nothing outside.',
    inputSchema: {
      scenarios: z.array(name).min(1).max(5).describe('Faults to inject; explain lists them for "scenarios"'),
    },
    args: ({ scenarios }) => ['check', '--sandbox', '--format', 'brief', ...flags('--scenario', scenarios)],
    isOnline: false,
  },
  explain: {
    title: 'Explain a name',
    description:
      'Explains a failure mode, a target, a hypothesis, a step of the registration flow, or lists them: targets, failure-modes, hypotheses, registration, metrics, scenarios.',
    inputSchema: { subject: name },
    args: ({ subject }, { config }) =>
      subject === 'scenarios' ? ['sandbox', '--list'] : ['explain', ...config, ...given(subject)],
    isOnline: false,
  },
  incidents: {
    title: 'List incidents',
    description: 'Open and past incidents, as watch or the Lambda function track them.',
    inputSchema: {},
    args: (_input, { config, state }) => ['incidents', ...config, ...state],
    isOnline: true,
  },
  replay: {
    title: 'Read a saved report',
    description:
      'Diagnoses a report again that check --format json has saved. With a second report, lists what changed from the first to the second.',
    inputSchema: {
      report: word.describe('Path of the report'),
      later: word.optional().describe('Path of a later report'),
    },
    args: ({ report, later }, { config }) => [
      ...['replay', ...(later === undefined ? ['--format', 'brief'] : []), ...config],
      ...given(report),
      ...given(later),
    ],
    isOnline: false,
  },
  confirm: {
    title: 'Ask AWS',
    description:
      'Asks AWS, read-only, whether a hypothesis is true, with the credentials of this server. At most 20 calls. Without a hypothesis, lists what each would ask, and asks nothing.',
    inputSchema: { hypothesis: name.optional() },
    args: ({ hypothesis }, { config }) => ['confirm', ...config, ...given(hypothesis)],
    isOnline: true,
  },
} as const satisfies Readonly<Record<string, Tool>>;
