import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pythonWith } from '../../test/setup/environment.ts';
import { run } from '../../test/setup/run.ts';

const limitMs = 180_000;
/** The tools call no AWS service here, but need a region. They would also send telemetry. */
const env = { AWS_DEFAULT_REGION: 'us-east-1', SAM_CLI_TELEMETRY: '0' };

const cache = join(import.meta.dirname, '..', '..', '.cache', 'template');

interface Bucket {
  readonly endpoint: string;
  readonly name: string;
}

/** AWS's own checks. Each throws with what the tool found. */
export interface AwsTools {
  readonly lint: (file: string) => Promise<void>;
  readonly samValidate: (file: string) => Promise<void>;
  /** The template as CloudFormation creates it, as JSON. */
  readonly translate: (file: string, parameters?: Readonly<Record<string, string>>) => Promise<string>;
  readonly build: (file: string, folder: string) => Promise<void>;
  /** Uploads the code to a bucket of an AWS endpoint, and writes the template that points to it. */
  readonly packageTo: (bucket: Bucket, file: string, packaged: string) => Promise<void>;
}

export const awsTools = async (): Promise<AwsTools> => {
  const python = await pythonWith('sam');
  const ask = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> =>
    run(python, args, { limitMs, env: { ...env, ...more } });
  const sam = ['-m', 'samcli'];
  return {
    // Run through the interpreter: a script's first line names the folder that it was installed in.
    lint: async (file) => void (await ask([join(dirname(python), 'cfn-lint'), '--', file])),
    samValidate: async (file) => void (await ask([...sam, 'validate', '--lint', '--template', file])),
    translate: (file, parameters = {}) =>
      ask([
        join(import.meta.dirname, 'translate.py'),
        file,
        ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`),
      ]),
    build: async (file, folder) => void (await ask([...sam, 'build', '--template', file, '--build-dir', folder])),
    packageTo: async ({ endpoint, name }, file, packaged) => {
      const args = ['package', '--template-file', file, '--s3-bucket', name, '--output-template-file', packaged];
      const access = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y', AWS_ENDPOINT_URL: endpoint };
      await ask([...sam, ...args], access);
    },
  };
};

/** Runs work with a temporary folder. */
export const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'run-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** cfn-lint and SAM do not check the properties of AWS::Serverless::*. cfn-lint does check the translated resources. */
export const lintTranslated = ({ lint, translate }: AwsTools, file: string): Promise<void> =>
  inFolder(async (folder) => {
    const translated = join(folder, 'translated.json');
    await writeFile(translated, await translate(file));
    await lint(translated);
  });
