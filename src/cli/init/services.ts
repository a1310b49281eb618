const europe = 'region: eu for an account in Europe';

/** Services that take messages with a secret of their own: what their secret is, and where the configuration has it. */
export const services = {
  pagerduty: {
    title: 'PagerDuty',
    secret: 'integration key (Events API v2)',
    key: 'routingKey',
    variable: 'PAGERDUTY_KEY',
    note: europe,
  },
  opsgenie: { title: 'Opsgenie', secret: 'API key', key: 'apiKey', variable: 'OPSGENIE_KEY', note: europe },
  teams: {
    title: 'Microsoft Teams',
    secret: "URL of a workflow's webhook",
    key: 'url',
    variable: 'TEAMS_WORKFLOW_URL',
    note: '',
  },
  json: {
    title: 'JSON webhook',
    secret: 'URL',
    key: 'url',
    variable: 'HOOK_URL',
    note: 'template: the JSON to send; default: all fields',
  },
} as const;

export type Service = keyof typeof services;

export const serviceNames = Object.keys(services) as readonly Service[];

/** `teams, pagerduty` and so on; a string: the word that is no service. */
export const parseServices = (said: string): readonly Service[] | string => {
  const words = [...new Set(said.split(/[,\s]+/).filter((word) => word !== ''))].map((word) => word.toLowerCase());
  const unknown = words.find((word) => !isService(word));
  return unknown ?? serviceNames.filter((name) => words.includes(name));
};

const isService = (word: string): word is Service => Object.hasOwn(services, word);
