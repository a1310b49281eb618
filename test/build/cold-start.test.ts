import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { functionNames } from '../../scripts/bundle/lambda.ts';
import { distFolder } from '../support/built.ts';

/** Loads every file of a bundle, and prints which modules of Node were loaded for it. */
const loadAll = `
  const { readdirSync } = require('node:fs');
  const files = readdirSync(process.argv[1], { recursive: true }).filter((file) => file.endsWith('.mjs'));
  Promise.all(files.map((file) => import(process.argv[1] + '/' + file))).then(() => {
    console.log(JSON.stringify({ files, loaded: process.moduleLoadList }));
  });`;

/** `import … from 'node:http'` reads every export, and `WebSocket` is one: 30 to 40 ms of a cold start. */
test.each(functionNames)('the %s function never loads Node’s own copy of undici', async (name) => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--eval', loadAll, join(distFolder, 'lambda', name)],
    { env: { AWS_REGION: 'us-east-1', SYNTHETICS_CONFIG: '{}' }, maxBuffer: 10_000_000 },
  );
  const { files, loaded } = JSON.parse(stdout) as {
    readonly files: readonly string[];
    readonly loaded: readonly string[];
  };

  expect(files).toContain('index.mjs');
  expect(loaded.filter((module) => module.includes('internal/deps/undici'))).toEqual([]);
});
