import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AwsAnswer, type AwsRequest, withAwsAnswering } from '../support/aws-answering.ts';
import { cli } from '../support/cli.ts';

const hourMs = 3_600_000;
const later = new Date(Date.now() + hourMs).toISOString();
const earlier = new Date(Date.now() - hourMs).toISOString();
const accountId = '123456789012';
const role = `arn:aws:iam::${accountId}:role/monitor`;

/** Credentials with this key id, in the words of each place that gives some. */
const asContainer = (id: string): string =>
  JSON.stringify({ AccessKeyId: id, SecretAccessKey: 'y', Token: 'z', Expiration: later });
const asInstance = (id: string): string => JSON.stringify({ Code: 'Success', ...JSON.parse(asContainer(id)) });
const asSts = (action: string, id: string): string =>
  `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>y</SecretAccessKey><SessionToken>z</SessionToken><Expiration>${later}</Expiration></Credentials></${action}Result></${action}Response>`;
const asSso = (id: string): string =>
  JSON.stringify({
    roleCredentials: { accessKeyId: id, secretAccessKey: 'y', sessionToken: 'z', expiration: Date.parse(later) },
  });
const asLogin = (id: string): string =>
  JSON.stringify({
    ...{ accessToken: { accessKeyId: id, secretAccessKey: 'y', sessionToken: 'z' }, tokenType: 'aws_sigv4' },
    ...{ expiresIn: 900, refreshToken: 'another' },
  });

/** What the servers that give credentials answer, by the beginning of method and path, or by the action of STS. */
const givers: Readonly<Record<string, string>> = {
  'GET /container': asContainer('FROMCONTAINER'),
  'PUT /latest/api/token': 'a-token',
  'GET /latest/meta-data/iam/security-credentials/the-role': asInstance('FROMINSTANCE'),
  'GET /latest/meta-data/iam/security-credentials/': 'the-role',
  'GET /federation/credentials?account_id=123456789012&role_name=monitor': asSso('FROMSSO'),
  'POST /token': JSON.stringify({ accessToken: 'a-new-token', expiresIn: 3_600, refreshToken: 'another' }),
  'POST /v1/token': asLogin('FROMLOGIN'),
  'Action=AssumeRole&': asSts('AssumeRole', 'FROMROLE'),
  'Action=AssumeRoleWithWebIdentity&': asSts('AssumeRoleWithWebIdentity', 'FROMWEBIDENTITY'),
};

interface Given {
  readonly env?: Readonly<Record<string, string>>;
  /** Below the home folder. */
  readonly files?: Readonly<Record<string, string>>;
}

const inConfig = (text: string): Given => ({ env: { AWS_PROFILE: 'mine' }, files: { '.aws/config': text } });

const cacheName = (of: string): string => createHash('sha1').update(of).digest('hex');

const ssoToken = (expiresAt: string): string =>
  JSON.stringify({
    ...{ accessToken: 'a-token', expiresAt, region: 'us-east-1', startUrl: 'https://sso.test/start' },
    ...{ clientId: 'c', clientSecret: 's', refreshToken: 'r', registrationExpiresAt: later },
  });

const ssoProfile =
  '[profile mine]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = monitor\n[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://sso.test/start\n';

const loginToken = (expiresAt: string): string =>
  JSON.stringify({
    accessToken: { accessKeyId: 'FROMLOGINCACHE', secretAccessKey: 'y', sessionToken: 'z', accountId, expiresAt },
    ...{ clientId: 'c', refreshToken: 'r' },
    dpopKey: generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'sec1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }).privateKey,
  });

const loginProfile = '[profile mine]\nlogin_session = arn:aws:iam::123456789012:user/ada\n';
const loginCache = `.aws/login/cache/${createHash('sha256').update('arn:aws:iam::123456789012:user/ada').digest('hex')}.json`;

/** Each place where the SDK finds credentials, with the key id that is found there; `at` is the server of the givers. */
const places: readonly {
  readonly title: string;
  readonly keyId: string;
  readonly given: (at: string, home: string) => Given;
}[] = [
  {
    title: 'the environment',
    keyId: 'FROMENV',
    given: () => ({ env: { AWS_ACCESS_KEY_ID: 'FROMENV', AWS_SECRET_ACCESS_KEY: 'y' } }),
  },
  {
    title: 'a profile',
    keyId: 'FROMPROFILE',
    given: () => inConfig('[profile mine]\naws_access_key_id = FROMPROFILE\naws_secret_access_key = y\n'),
  },
  {
    title: 'a program named by a profile',
    keyId: 'FROMPROGRAM',
    given: () =>
      inConfig(
        `[profile mine]\ncredential_process = echo '{"Version":1,"AccessKeyId":"FROMPROGRAM","SecretAccessKey":"y"}'\n`,
      ),
  },
  {
    title: 'a role that a profile assumes',
    keyId: 'FROMROLE',
    given: () =>
      inConfig(
        `[profile mine]\nrole_arn = ${role}\nsource_profile = base\n[profile base]\naws_access_key_id = BASE\naws_secret_access_key = y\n`,
      ),
  },
  {
    title: 'a role that a profile assumes with the environment’s keys',
    keyId: 'FROMROLE',
    given: () => {
      const { env, files = {} } = inConfig(`[profile mine]\nrole_arn = ${role}\ncredential_source = Environment\n`);
      return { env: { ...env, AWS_ACCESS_KEY_ID: 'BASE', AWS_SECRET_ACCESS_KEY: 'y' }, files };
    },
  },
  {
    title: 'a web identity, as in EKS',
    keyId: 'FROMWEBIDENTITY',
    given: (_, home) => ({
      env: { AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: join(home, 'token') },
      files: { token: 'a-token' },
    }),
  },
  {
    title: 'single sign-on',
    keyId: 'FROMSSO',
    given: () => withFile(inConfig(ssoProfile), `.aws/sso/cache/${cacheName('s')}.json`, ssoToken(later)),
  },
  {
    title: 'single sign-on with a token that must be renewed',
    keyId: 'FROMSSO',
    given: () => withFile(inConfig(ssoProfile), `.aws/sso/cache/${cacheName('s')}.json`, ssoToken(earlier)),
  },
  {
    title: 'a login',
    keyId: 'FROMLOGINCACHE',
    given: () => withFile(inConfig(loginProfile), loginCache, loginToken(later)),
  },
  {
    title: 'a login that must be renewed',
    keyId: 'FROMLOGIN',
    given: () => withFile(inConfig(loginProfile), loginCache, loginToken(earlier)),
  },
  {
    title: 'a container, as in ECS',
    keyId: 'FROMCONTAINER',
    given: (at) => ({ env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${at}/container` } }),
  },
  {
    title: 'an instance of EC2',
    keyId: 'FROMINSTANCE',
    given: (at) => ({ env: { AWS_EC2_METADATA_DISABLED: '', AWS_EC2_METADATA_SERVICE_ENDPOINT: at } }),
  },
];

const withFile = ({ env = {}, files }: Given, path: string, contents: string): Given => ({
  env,
  files: { ...files, [path]: contents },
});

describe('the command line calls AWS with credentials', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  test.each(places)('from $title', async ({ keyId, given }) => {
    const signers: string[] = [];
    const answer = ({ method, path, headers, body }: AwsRequest): AwsAnswer => {
      if (headers['x-amz-target'] === 'DynamoDB_20120810.GetItem') {
        signers.push(/Credential=(\w+)\//.exec(headers.authorization ?? '')?.[1] ?? 'nobody');
        return { status: 200, body: '{}' };
      }
      const asked = [`${method} ${path}`, body];
      const [, said] = Object.entries(givers).find(([start]) => asked.some((one) => one.startsWith(start))) ?? [];
      return said === undefined ? { status: 404, body: '' } : { status: 200, body: said };
    };
    const result = await withAwsAnswering(answer, async (at) => {
      const { env = {}, files = {} } = given(at, home);
      for (const [path, contents] of Object.entries(files)) {
        await mkdir(dirname(join(home, path)), { recursive: true });
        await writeFile(join(home, path), contents);
      }
      return cli(['incidents', '--state', 'dynamodb:incidents'], {
        ...nothing,
        HOME: home,
        AWS_ENDPOINT_URL: at,
        ...env,
      });
    });

    expect(signers, result.stderr).toEqual([keyId]);
    expect(result).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^no cycle of development has been tracked yet/),
    });
  });

  test('and says how to provide them when there are none', async () => {
    const { exitCode, stderr } = await cli(['incidents', '--state', 'dynamodb:incidents'], { ...nothing, HOME: home });

    expect(exitCode).toBe(2);
    expect(stderr).toContain('there are no AWS credentials here: set a profile, a role or keys');
  });
});

/** Of whatever the environment of the tests has, so that only what is given is found. */
const nothing: Readonly<Record<string, string>> = {
  AWS_REGION: 'us-east-1',
  AWS_MAX_ATTEMPTS: '1',
  AWS_EC2_METADATA_DISABLED: 'true',
  ...Object.fromEntries(
    [
      ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_CONFIG_FILE'],
      ...[
        'AWS_SHARED_CREDENTIALS_FILE',
        'AWS_CONTAINER_CREDENTIALS_FULL_URI',
        'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
      ],
      ...['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'],
    ].map((name) => [name, '']),
  ),
};
