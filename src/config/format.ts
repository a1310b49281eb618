/** What is said about a text that does not have the form that its key asks for. */
interface FormatWords {
  readonly reason: string;
  readonly hint: string;
}

const words = (reason: string, hint: string): FormatWords => ({ reason, hint });

/** Every form that a text of the configuration can have to follow, with the words for one that does not. */
export const formats = {
  environment: words(
    'is no name for an environment',
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
    'an IP address with or without a port: 10.0.0.2, 127.0.0.1:5300 or [::1]:53; a name cannot be used, for it would itself have to be resolved',
  ),
  'connect-to-parts': words(
    'does not have four parts',
    'HOST1:PORT1:HOST2:PORT2 as for curl --connect-to, such as registry.hokus.ai:443:127.0.0.1:8443; parts may be empty, IPv6 stands in [ ]',
  ),
  'connect-to-host': words(
    'has a host that is neither a name nor an address',
    'HOST1:PORT1:HOST2:PORT2 with names or IP addresses, IPv6 in [ ], such as registry.hokus.ai:443:[::1]:8443',
  ),
  'connect-to-port': words(
    'has a port that is not between 1 and 65535',
    'or leave that part empty: it then stands for any',
  ),
  'file-name': words('is not the name of a file', 'relative to the folder of the configuration, or absolute'),
  url: words('is not a URL', 'in full, such as https://api.hokus.ai/x'),
  'url-scheme': words('is neither http nor https', 'such as https://api.hokus.ai/x'),
  'url-user': words('has a user or password in it', 'remove it; `auth` says how a request identifies itself'),
  'url-bare': words('has a query or a fragment', 'requests put their paths behind it: end it before the `?` or `#`'),
  'url-port': words('has a port that cannot be reached', 'between 1 and 65535'),
  origin: words('is not an origin', 'scheme and host, nothing behind it, such as https://platform.hokus.ai'),
  'target-id': words(
    'is no id for a target',
    'letters, digits, `.`, `_` and `-`, at most 100, beginning with a letter, such as my.extra; the part before the first `.` groups it',
  ),
  'header-name': words('is not the name of a header', 'letters, digits and `-`'),
  'header-credential': words(
    'is a header that carries credentials',
    'remove it and say `auth: bearer` or `auth: x-api-key`: the key then goes to allowed hosts only and never into a report',
  ),
  'header-reserved': words(
    'is a header that the connection itself sets',
    'remove it; to reach another server under the same name use network.connectTo',
  ),
  'header-value': words('cannot be sent as a header', 'one line of printable characters (Latin-1), at most 8192'),
  status: words('is not an HTTP status', 'a number between 100 and 599, 2xx, 3xx, 4xx, 5xx, or a list of these'),
  'only-true': words('can only be true', 'leave it out where the body need not be so'),
  version: words('is neither true nor a version', 'write the version in quotes, such as "2.9.2"; true: any version'),
  'dns-name': words('is an address, which needs no name server', 'the name alone, such as registry.hokus.ai'),
  answerers: words(
    'does not name who may answer',
    'one or a list of: balancer, nginx, waf, cdn, api-gateway, application, mlflow, login-page, unknown',
  ),
  balancer: words(
    'is no pattern for the name of a balancer',
    'a host name in which `*` stands for anything, such as *.elb.amazonaws.com; null: anywhere',
  ),
  namespace: words(
    'is no CloudWatch namespace',
    'letters, digits, blanks and . - _ / # : (at most 255), not beginning with AWS/, such as Hokusai/Synthetics',
  ),
  'model-prefix': words(
    'is no prefix for models',
    'at least 3 of letters, digits, `.`, `_` and `-`, beginning with a letter or digit: what begins with it is deleted again',
  ),
  experiment: words('is no name for an experiment', 'at least one character that is not white space'),
  duration: words('is not a duration', 'a number with its unit: 500ms, 60s, 5m, 1h or 1d'),
  moment: words('is no point in time', 'date, time and zone, such as 2026-11-22T06:00Z or 2026-11-22T07:00+01:00'),
  topic: words(
    'is not the ARN of an SNS topic',
    'such as arn:aws:sns:us-east-1:123456789012:hokusai-synthetics-critical',
  ),
  'duration-range': words('is out of range', 'between 1m and 30d'),
} as const satisfies Record<string, FormatWords>;

export type Format = keyof typeof formats;

export const isFormat = (name: string): name is Format => Object.hasOwn(formats, name);
