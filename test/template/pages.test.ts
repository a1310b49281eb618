import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { confirmPage, confirmPageFile } from '../../scripts/confirm-page.ts';
import { defaultPlatform } from '../../scripts/default-platform.ts';
import { deployPage, deployPageFile } from '../../scripts/deploy-page.ts';
import { metricsPage, metricsPageFile } from '../../scripts/metrics-page.ts';
import { runbookFile, runbookPage } from '../../scripts/runbook-page.ts';
import { assumedUsage, monthlyCost, totalUsd } from '../../src/metrics/cost.ts';
import { failureModes } from '../../src/model/failure-modes.ts';
import { hypothesisIds } from '../../src/platform/hypotheses.ts';

describe('the pages of npm run generate', () => {
  test('docs/metrics.md is up to date', async () => {
    expect(await readFile(metricsPageFile, 'utf8')).toBe(metricsPage());
  });

  test('docs/runbook.md is up to date', async () => {
    expect(await readFile(runbookFile, 'utf8')).toBe(runbookPage());
  });

  test('the tables and the policy in docs/confirm.md are up to date', async () => {
    const page = await readFile(confirmPageFile, 'utf8');

    expect(await confirmPage(page)).toBe(page);
  });

  test('the tables in docs/deploy.md are up to date', async () => {
    const page = await readFile(deployPageFile, 'utf8');

    expect(deployPage(page)).toBe(page);
  });
});

test('the README has the computed price', async () => {
  const usage = { ...assumedUsage(true), ...defaultPlatform, registration: true, detail: 'hosts' } as const;

  expect(await readFile(new URL('../../README.md', import.meta.url), 'utf8')).toContain(
    `$${totalUsd(monthlyCost(usage)).toFixed(2)} a month`,
  );
});

describe('the runbook', () => {
  const page = runbookPage();
  const chapters = [...page.matchAll(/^#{2,3} (.+)$/gm)].map(([, title = '']) => title);

  test('has a chapter for every hypothesis, and a line for every failure mode', () => {
    for (const id of hypothesisIds) expect(chapters).toContain(id);
    for (const mode of Object.keys(failureModes)) expect(page).toContain(`<a id="failure-mode-${mode}">`);
  });

  test('has unique headings, so that links lead to the right one', () => {
    expect(new Set(chapters).size).toBe(chapters.length);
  });

  test('links only to existing headings', () => {
    const anchors = chapters.map((title) => title.toLowerCase().replaceAll(' ', '-'));
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);

    expect(links.length).toBeGreaterThan(50);
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });
});

test('links between the pages lead to a heading', async () => {
  const runbook = runbookPage();
  const links = [...(await readFile(deployPageFile, 'utf8')).matchAll(/\(runbook\.md#([^)]+)\)/g)];

  expect(links.length).toBeGreaterThan(10);
  for (const [, anchor] of links) expect(runbook).toContain(`\n### ${anchor}\n`);
});
