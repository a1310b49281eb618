import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

/** What the page that the built command line writes shows to its reader. */
describe('the HTML report', () => {
  let folder: string;
  let page: string;
  const written = async (...args: readonly string[]): Promise<string> => {
    const file = join(folder, `${args.length}.html`);
    await cli(['check', '--sandbox', '--pace', '10', '--output', file, ...args]);
    return readFile(file, 'utf8');
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'page-'));
    page = await written('--scenario', 'discovery-record-deleted');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has the causes in its title and headline', () => {
    expect(page).toMatch(/<title>✗ The API does not find MLflow: [^<]* %\)[^<]* · Hokusai sandbox<\/title>/);
    expect(page).toMatch(/<h1[^>]*>The API does not find MLflow: /);
    expect(page).toMatch(/<span class="sure">\d+ %<\/span><span>The API does not find MLflow: /);
  });

  it('draws the path for three widths, with the broken hop', () => {
    for (const width of ['wide', 'narrow', 'phone']) expect(page).toContain(`<div class="${width}"><svg `);
    expect(page).toMatch(/service<\/t[^>]*>[\s\S]*discovery/);
  });

  it('says how to ask again, without a key', () => {
    expect(page).toMatch(/<pre>curl -sS .*registry\.hokus\.ai/);
    expect(page).not.toMatch(/hk_(live|test)_/);
  });

  it('counts the steps that were skipped, and lists them folded', () => {
    expect(page).toMatch(/stopped at step 1 of 20, present the key · 19 steps skipped/);
    expect(page).toMatch(/<summary[^>]*>19 steps skipped<\/summary>[\s\S]*create-run/);
  });

  it('draws the suspected hop where no known cause explains the failures', async () => {
    const unknown = await written('--target', 'registry', '--wait-for', '2027.1.0', '--wait-limit', '1s');
    expect(unknown).toMatch(/<h2>Another version answers<\/h2><div class="path">/);
  });
});
