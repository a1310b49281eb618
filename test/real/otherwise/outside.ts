import { deployed, type OperatorFault, type OperatorFaults, stopped } from './fault.ts';

/** Something of nobody's catalogue in front of the registry: directives of nginx, which answers by its own name. */
const before =
  (extra: string): OperatorFault['make'] =>
  ({ balancers: { registry } }) =>
    registry.change({ rules: registry.plan.rules.map((rule) => ({ ...rule, extra })) });

const loginPage =
  '<html><head><title>Sign in</title></head><body><form><input type=password name=p></form></body></html>';

/** What none of the hypotheses says: none of them may be named with confidence. */
export const outsideFaults: OperatorFaults = {
  'uploads-refused': {
    title: 'a middlebox in front of the registry refuses bodies with its own 413',
    expects: [],
    make: before('client_max_body_size 1;'),
  },
  'box-without-room': {
    title: 'an unknown middlebox answers for the registry with 507',
    expects: [],
    make: before(`if ($host) { return 507 'no room'; }`),
  },
  'login-page': {
    title: 'a login page with 200 is in front of the registry',
    expects: [],
    make: before(`default_type text/html; if ($host) { return 200 '${loginPage}'; }`),
  },
  'slow-drip': {
    title: 'a throttle lets ten bytes a second through to the registry',
    expects: [],
    make: before('limit_rate 10;'),
  },
  teapots: {
    title: 'a bad build of the API returns 418 to four of ten requests',
    expects: [],
    make: deployed({ TEAPOTS: '0.4' }),
  },
  'reading-forbidden': {
    title: "MLflow's user has lost read access to the table of experiments",
    expects: [],
    make: async ({ postgres }) => {
      await postgres.sql('REVOKE SELECT ON experiments FROM mlflow');
      return async () => {
        await postgres.sql('GRANT SELECT ON experiments TO mlflow');
      };
    },
  },
  'gzip-garbage': {
    title: 'the registry labels its responses as compressed, and they are not',
    expects: [],
    make: before('add_header Content-Encoding gzip always;'),
  },
  'pages-stopped': { title: 'the platform’s page server is stopped', expects: [], make: stopped('pages') },
};
