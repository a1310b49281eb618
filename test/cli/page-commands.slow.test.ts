import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import { builtCli } from '../support/built.ts';

const root = join(import.meta.dirname, '..', '..');
const docs = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);

interface Line {
  readonly page: string;
  /** As printed, with its comment, which the shell ignores. */
  readonly line: string;
}

/** The lines of the code blocks of a page that run the command line. */
const linesIn = async (page: string): Promise<readonly Line[]> =>
  [...(await readFile(join(root, page), 'utf8')).matchAll(/^```\w*\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .filter((line) => line.startsWith('npx hokusai-synthetics'))
    .map((line) => ({ page, line }));

const lines = (await Promise.all(['README.md', ...docs].map(linesIn))).flat();

/** The incident that the pages name. */
const incident = '20261121-0257-registry';

/**
 * In the place of npx: the command as printed, except that the platform is a sandbox, and that what would run for minutes or
 * until Ctrl-C ends after its first turn.
 */
const shim = (node: string): string => `#!/bin/sh
set -e
[ "$1" = hokusai-synthetics ] && shift
first=$1
case "$*" in *--config*|*--sandbox*|*.yaml*) ;; *)
  case "$first" in check|watch|sweep|incidents|confirm) set -- "$@" --config sandbox.yaml ;; esac ;;
esac
case "$first" in
  watch) case "$*" in *--cycles*) ;; *) set -- "$@" --cycles 1 ;; esac ;;
  drill) set -- "$@" --fault key-revoked --no-pairs ;;
  init) set -- "$@" --yes --force ;;
  validate) cp sandbox.yaml synthetics.yaml ;;
  # Open again, after a healthy watch.
  incidents) cp state.json hokusai-synthetics/sandbox.json ;;
  sandbox)
    case "$*" in *--list*) ;; *)
      '${node}' '${builtCli}' "$@" > printed.yaml & sandbox=$!
      while ! [ -s printed.yaml ]; do kill -0 $sandbox; sleep 0.1; done
      kill $sandbox; wait $sandbox; exit ;;
    esac ;;
esac
exec '${node}' '${builtCli}' "$@" < /dev/null
`;

let folder: string;
let sandbox: ThreadedSandbox;
/** In the place of AWS. */
let aws: Server;

interface Ran {
  readonly exitCode: number;
  readonly output: string;
}

const pasted = (command: string): Promise<Ran> =>
  new Promise((resolve) => {
    const { GITHUB_STEP_SUMMARY: _summary, NODE_OPTIONS: _options, ...inherited } = process.env;
    const env = {
      ...inherited,
      PATH: `${folder}/bin:${process.env['PATH']}`,
      XDG_STATE_HOME: folder,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'y',
    };
    execFile('sh', ['-c', command], { env, cwd: folder }, (error, stdout, stderr) => {
      const exitCode = typeof error?.code === 'number' ? error.code : error === null ? 0 : 99;
      resolve({ exitCode, output: `${stdout}${stderr}` });
    });
  });

/** A state with the incident that the pages name. */
const prepareState = async (): Promise<void> => {
  const { output } = await pasted(
    'npx hokusai-synthetics watch --every 10s --cycles 2 --sandbox --scenario key-revoked --state made.json',
  );
  const made = await readFile(join(folder, 'made.json'), 'utf8');
  const [, id = ''] = /"id": ?"(\d{8}-\d{4}-[^"]+)"/.exec(made) ?? [];
  expect(id, output).not.toBe('');
  await pasted('mkdir -p hokusai-synthetics');
  await writeFile(join(folder, 'state.json'), made.replaceAll(id, incident));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  sandbox = await startSandboxThread({ options: { generation: '2026', mlflowUrl: null, pace: 2 }, faultIds: [] });
  aws = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
  });
  await listen(aws, 0, '127.0.0.1');
  await writeFile(join(folder, 'sandbox.yaml'), sandbox.configuration);
  await pasted('mkdir bin');
  await writeFile(join(folder, 'bin', 'npx'), shim(process.execPath));
  await chmod(join(folder, 'bin', 'npx'), 0o755);
  await prepareState();
  for (const name of ['report', 'before', 'after'])
    await pasted(`npx hokusai-synthetics check --target auth --output ${name}.json`);
});

afterAll(async () => {
  await Promise.all([sandbox.close(), closeServer(aws)]);
  await rm(folder, { recursive: true, force: true });
});

describe('a command on a page runs as printed', () => {
  test('there are many', () => expect(lines.length).toBeGreaterThan(25));

  test.each(lines)('$page: $line', async ({ line }) => {
    const { exitCode, output } = await pasted(line);
    expect(output).not.toMatch(/^(error|hokusai-synthetics): |\n\s+at /m);
    // 1: it ran, and found something. On a busy machine a drill may.
    expect(exitCode, output).toBeLessThan(2);
  });
});

interface Started {
  readonly command: string;
  readonly args: readonly string[];
}

describe('a JSON example on a page', () => {
  const blocks = async (): Promise<readonly unknown[]> => {
    const texts = await Promise.all(['README.md', ...docs].map((page) => readFile(join(root, page), 'utf8')));
    return texts
      .flatMap((text) => [...text.matchAll(/^```json\n([\s\S]*?)^```$/gm)])
      .map(([, json = '']) => JSON.parse(json) as unknown);
  };

  test('is JSON, and starts the server that it names', async () => {
    const values = await blocks();
    const servers = values.flatMap((value) =>
      Object.values((value as { readonly mcpServers?: Readonly<Record<string, Started>> }).mcpServers ?? {}),
    );
    await writeFile(join(folder, 'synthetics.yaml'), sandbox.configuration);
    expect(values.length).toBeGreaterThan(2);
    expect(servers.length).toBeGreaterThan(0);
    for (const { command, args } of servers)
      expect(await pasted([command, ...args].join(' '))).toEqual({ exitCode: 0, output: '' });
  });
});
