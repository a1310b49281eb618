import { examineSettings } from '../../config/load.ts';
import { defaultHosts, type HostRole, hostRoles } from '../../platform/hosts.ts';
import { type Answers, defaultAnswers, hostsBeside, parseReference, referenceForms } from './answers.ts';
import { configurationText } from './document.ts';
import { parseServices, type Service, serviceNames, services } from './services.ts';

/** One question. `takes` returns the answers with this one, or the reason why it cannot be used. */
export interface Question {
  readonly asks: string;
  readonly fallback: string;
  readonly takes: (said: string, answers: Answers) => Answers | string;
}

/** The questions that are still open, after these answers. */
export const questions: readonly ((answers: Answers) => Question | null)[] = [
  () => ({
    asks: 'Environment, a name for reports and metrics',
    fallback: defaultAnswers.environment,
    takes: (environment, answers) => ({ ...answers, environment }),
  }),
  () => ({
    asks: 'Host of the registry',
    fallback: defaultHosts.registry,
    takes: (registry, answers) => ({ ...answers, hosts: registry === defaultHosts.registry ? {} : { registry } }),
  }),
  ...hostRoles.filter((role) => role !== 'registry').map((role) => (answers: Answers) => otherHost(role, answers)),
  () => ({
    asks: `Where is the API key? ${referenceForms}; none: leave out what needs a key`,
    fallback: 'env:HOKUSAI_API_KEY',
    takes: (said, answers) => {
      const apiKey = said === 'none' ? said : parseReference(said);
      return apiKey === null ? `write ${referenceForms}, or none; never the key itself` : { ...answers, apiKey };
    },
  }),
  () => ({
    asks: `Webhook for chat, compatible with Slack: where is its URL? ${referenceForms}; or none`,
    fallback: 'none',
    takes: (said, answers) => {
      if (said === 'none') return answers;
      const webhook = parseReference(said);
      return webhook === null ? `write ${referenceForms}, or none; never the URL itself` : { ...answers, webhook };
    },
  }),
  () => ({
    asks: 'SNS topic for critical incidents: its ARN, or none',
    fallback: 'none',
    takes: (topic, answers) => (topic === 'none' ? answers : { ...answers, topic }),
  }),
  () => ({
    asks: `Other channels: any of ${serviceNames.join(', ')}; or none`,
    fallback: 'none',
    takes: (said, answers) => {
      const named = said === 'none' ? [] : parseServices(said);
      return typeof named === 'string'
        ? `${serviceNames.join(', ')} are known, or none; the secret of each is asked next`
        : { ...answers, services: Object.fromEntries(named.map((name) => [name, null])) };
    },
  }),
  ...serviceNames.map((name) => (answers: Answers) => secretOf(name, answers)),
];

/** Each has a variable of its own by default, so that an empty answer is one too. */
const secretOf = (name: Service, { services: wanted }: Answers): Question | null => {
  const { title, secret, variable } = services[name];
  return wanted[name] === undefined
    ? null
    : {
        asks: `${title}: where is the ${secret}? ${referenceForms}`,
        fallback: `env:${variable}`,
        takes: (said, answers) => {
          const reference = parseReference(said);
          return reference === null
            ? `write ${referenceForms}; never the secret itself`
            : { ...answers, services: { ...answers.services, [name]: reference } };
        },
      };
};

const otherHost = (role: HostRole, { hosts }: Answers): Question | null =>
  hosts.registry === undefined
    ? null
    : {
        asks: `Host of ${labels[role]}`,
        fallback: hostsBeside(hosts.registry)[role],
        takes: (host, answers) => ({ ...answers, hosts: { ...answers.hosts, [role]: host } }),
      };

const labels: Readonly<Record<HostRole, string>> = {
  registry: 'the registry',
  api: 'the API',
  mlflow: 'MLflow',
  platform: "the platform's pages",
  auth: 'the auth service',
};

/** The answers with one more, checked as the configuration is; a string: the reason why it is refused. */
export const accept = async (question: Question, said: string, answers: Answers): Promise<Answers | string> => {
  const next = question.takes(said, answers);
  if (typeof next === 'string') return next;
  const { error } = await examineSettings({ text: configurationText(next, null), name: 'synthetics.yaml' }, Date.now());
  if (error === null) return next;
  const [first] = error.problems;
  return first === undefined ? error.message : [first.reason, first.hint].filter((part) => part !== '').join('; ');
};
