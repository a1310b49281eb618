import { renewBaseline } from '../../model/baseline-doubt.ts';
import { ownCommand } from '../../model/own-command.ts';
import { jsonText } from '../../report/json-text.ts';
import type { Answers, Reference } from './answers.ts';
import { serviceNames, services } from './services.ts';

/**
 * The configuration as commented YAML.
 * @param schema address of the JSON Schema for editors, a path relative to the file; null: none is at hand
 */
export const configurationText = (answers: Answers, schema: string | null): string =>
  [
    ...(schema === null ? [] : [`# yaml-language-server: $schema=${schema}`]),
    '# Configuration of hokusai-synthetics. A key that is left out has its default.',
    `# Check this file: ${ownCommand('validate', 'synthetics.yaml', '--online')}`,
    '',
    '# A name for reports, messages and metrics.',
    `environment: ${scalar(answers.environment)}`,
    '',
    ...hostLines(answers),
    '# Where the API key is kept, never the key itself. Only the hosts of this configuration get the key.',
    '# Or: { env: NAME }, { file: PATH }, { secretsManager: NAME, field: NAME }, { ssm: NAME }, none',
    'credentials:',
    `  apiKey: ${reference(answers.apiKey)}`,
    '',
    ...notifyLines(answers),
    '# A JSON report of a healthy day: what failed then is known, and wakes no one.',
    `# To make it: ${renewBaseline('synthetics.yaml')}`,
    '# baseline: baseline.json',
    '',
    `# Your own targets, beside the built-in ones (${ownCommand('explain', 'targets')}).`,
    '# targets:',
    '#   my.page: { url: "https://example.org/health", expect: { status: [200] } }',
    '',
    '# The flow that registers a model every cycle, and deletes it again.',
    '# registration:',
    '#   enabled: false',
    '',
  ].join('\n');

const hostLines = ({ hosts }: Answers): readonly string[] => {
  const said = Object.entries(hosts);
  return said.length === 0
    ? [
        '# The hosts are those of the platform, such as registry.hokus.ai; `hosts:` names those of another deployment.',
        '',
      ]
    : [
        '# The hosts of this deployment. Name all of them: one that is missing keeps its default, and gets this key.',
        'hosts:',
        ...said.map(([role, host]) => `  ${role}: ${scalar(host)}`),
        '',
      ];
};

const notifyLines = (answers: Answers): readonly string[] => {
  const lines = channelLines(answers);
  return [
    '# Where `watch` and the Lambda send incidents.',
    ...(lines.length === 0
      ? [`# Also: topics, ${serviceNames.join(', ')}.`, '# notify:', '#   webhook: { env: SLACK_WEBHOOK_URL }']
      : [`# To try them: ${ownCommand('notify', 'test', '--config', 'synthetics.yaml')}`, 'notify:', ...lines]),
    '',
  ];
};

const channelLines = ({ webhook, topic, services: wanted }: Answers): readonly string[] => [
  ...(webhook === null ? [] : [`  webhook: ${reference(webhook)}`]),
  ...(topic === null ? [] : ['  topics:', `    critical: ${scalar(topic)}`]),
  ...serviceNames.flatMap((name) => {
    const { key, note } = services[name];
    const secret = wanted[name] ?? null;
    return secret === null ? [] : [`  ${name}: { ${key}: ${reference(secret)} }${note === '' ? '' : `   # ${note}`}`];
  }),
];

const reference = (said: Reference | 'none'): string =>
  said === 'none'
    ? said
    : `{ ${Object.entries(said)
        .map(([key, value]) => `${key}: ${scalar(value)}`)
        .join(', ')} }`;

/** Words that YAML 1.1 or 1.2 reads as something other than text. */
const special = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** JSON's strings are YAML's too. */
const scalar = (text: string): string =>
  /^[A-Za-z][\w./-]*$/.test(text) && !special.test(text) ? text : jsonText(text).trim();
