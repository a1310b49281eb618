import { templateFields } from '../model/template-fields.ts';

/** The message for a value that does not match the form of its key. */
interface FormatWords {
  readonly reason: string;
  readonly hint: string;
}

const words = (reason: string, hint: string): FormatWords => ({ reason, hint });

/** The forms that values must follow, each with the message for a mismatch. */
export const formats = {
  environment: words(
    'is not a valid environment name',
    'letters, digits, `.`, `_` and `-`, at most 64, such as development',
  ),
  'host-name': words(
    'is not a host name',
    'the name alone, such as registry.hokus.ai: no https://, no port, no path, no `*`',
  ),
  'secret-reference': words(
    'does not say where the key is kept',
    'one of { env: HOKUSAI_API_KEY }, { file: PATH }, { secretsManager: ARN, field: NAME }, { ssm: NAME } or none; never the key itself',
  ),
  'gateway-id': words('is not the id of an API', 'such as a1b2c3d4e5'),
  'aws-region': words('is not an AWS region', 'such as us-east-1'),
  'variable-name': words(
    'is not the name of an environment variable',
    'upper-case letters, digits and `_`, such as HOKUSAI_API_KEY: the name, not the key',
  ),
  'secret-id': words(
    'is neither the ARN nor the name of a secret',
    'such as arn:aws:secretsmanager:us-east-1:123456789012:secret:hokusai/synthetics-AbCdEf or hokusai/synthetics',
  ),
  'parameter-name': words('is not the name of an SSM parameter', 'such as /hokusai/synthetics/api-key, or its ARN'),
  'field-name': words('is not the name of a field', 'the name that the JSON in the secret gives to the key'),
  'dns-server': words(
    'is not the address of a DNS server',
    'an IP address with or without a port: 10.0.0.2, 127.0.0.1:5300 or [::1]:53; a name would itself have to be resolved',
  ),
  'connect-to-parts': words(
    'does not have four parts',
    'HOST1:PORT1:HOST2:PORT2 as for curl --connect-to, such as registry.hokus.ai:443:127.0.0.1:8443; parts may be empty, IPv6 goes in [ ]',
  ),
  'connect-to-host': words(
    'has a host that is neither a name nor an address',
    'HOST1:PORT1:HOST2:PORT2 with names or IP addresses, IPv6 in [ ], such as registry.hokus.ai:443:[::1]:8443',
  ),
  'connect-to-port': words('has a port that is not between 1 and 65535', 'correct it, or leave it empty for any port'),
  proxy: words('is neither the URL of a proxy nor environment', 'such as http://proxy.example:3128; no password'),
  'file-name': words('is not the name of a file', 'relative to the folder of the configuration, or absolute'),
  url: words('is not a URL', 'in full, such as https://api.hokus.ai/x'),
  'url-scheme': words('is neither http nor https', 'such as https://api.hokus.ai/x'),
  'url-user': words('contains a user name or password', 'remove it; use `auth` to send the key'),
  'url-bare': words('has a query or a fragment', 'paths are appended to it: end it before the `?` or `#`'),
  'url-port': words('has an invalid port', 'between 1 and 65535'),
  origin: words('is not an origin', 'scheme and host only, such as https://platform.hokus.ai'),
  'target-id': words(
    'is not a valid target id',
    'letters, digits, `.`, `_` and `-`, at most 100, starting with a letter, such as my.extra; the part before the first `.` is its group',
  ),
  'header-name': words('is not a valid header name', 'letters, digits and `-`'),
  'header-credential': words(
    'carries credentials',
    'remove it and set `auth: bearer` or `auth: x-api-key`: the key then goes to allowed hosts only, never into a report',
  ),
  'header-reserved': words(
    'is set by the connection itself',
    'remove it; use network.connectTo to reach another server under the same name',
  ),
  'header-value': words('cannot be sent as a header', 'one line of printable characters (Latin-1), at most 8192'),
  status: words('is not an HTTP status', 'a number between 100 and 599, 2xx, 3xx, 4xx, 5xx, or a list of these'),
  'only-true': words('can only be true', 'set it to true, or remove it'),
  version: words(
    'is neither true nor a version',
    'write the version in quotes, such as "2.9.2"; true accepts any version',
  ),
  'dns-name': words('is an address, not a name', 'the name alone, such as registry.hokus.ai'),
  answerers: words(
    'is not a known answerer',
    'one or a list of: balancer, nginx, waf, cdn, api-gateway, application, mlflow, login-page, unknown',
  ),
  balancer: words(
    'is not a host name pattern',
    'a host name where `*` matches anything, such as *.elb.amazonaws.com; null accepts any',
  ),
  namespace: words(
    'is not a valid CloudWatch namespace',
    'letters, digits, spaces and . - _ / # : (at most 255), not starting with AWS/, such as Hokusai/Synthetics',
  ),
  'model-prefix': words(
    'is not a valid model prefix',
    'at least 3 of letters, digits, `.`, `_` and `-`, starting with a letter or digit: the flow deletes models with this prefix',
  ),
  workspace: words('is not a valid workspace name', '2 to 63 lower-case letters, digits and inner `-`, such as team-a'),
  experiment: words('is not a valid experiment name', 'at least one character that is not white space'),
  duration: words('is not a duration', 'a number with its unit: 500ms, 60s, 5m, 1h or 1d'),
  moment: words(
    'is not a valid date and time',
    'date, time and zone, such as 2026-11-22T06:00Z or 2026-11-22T07:00+01:00',
  ),
  topic: words(
    'is not the ARN of an SNS topic',
    'such as arn:aws:sns:us-east-1:123456789012:hokusai-synthetics-critical',
  ),
  'url-https': words('is not an https address', 'messages and keys are sent over verified TLS only'),
  'json-template': words('is not JSON', 'such as {"title": "{{subject}}", "details": "{{text}}"}'),
  'template-field': words('names a field that messages do not have', `known: ${templateFields.join(', ')}`),
  'duration-range': words('is out of range', 'between 1m and 30d'),
  'recheck-range': words('is out of range', 'between 5s and 1h'),
} as const satisfies Record<string, FormatWords>;

export type Format = keyof typeof formats;

export const isFormat = (name: string): name is Format => Object.hasOwn(formats, name);

/** An environment's name: it is in metrics, paths of files and commands. */
export const environmentPattern = /^[A-Za-z0-9._-]{1,64}$/;
