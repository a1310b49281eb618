import { mkdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { answer } from '../src/functions/widget/answer.ts';
import type { State } from '../src/incidents/state.ts';
import { defaultHosts } from '../src/platform/hosts.ts';
import { renderPretty } from '../src/report/pretty.ts';
import { defaultPlatform } from './default-platform.ts';
import { findChromium, screenshot } from './pictures/chromium.ts';
import { remembered } from './pictures/hours.ts';
import { sandboxReport } from './pictures/sandbox.ts';
import { abridged, terminalHtml } from './pictures/terminal.ts';

/*
 * The README's pictures, made from the program's real output about its sandbox (npm run pictures). Only the hours are
 * simulated: each report in the widget's pictures counts as seen for several minutes.
 */

const folder = new URL('../docs/pictures/', import.meta.url);
const now = Date.parse('2026-11-21T03:21:00.000Z');
const width = 900;
const terminalWidth = 850;
const terminalLetters = 112;
const scenario = 'discovery-record-deleted';
/** A screen of text takes 160 KB. */
const mostBytes = 180_000;

const chromium = await findChromium();
if (chromium === null) {
  console.error('No Chromium found (chromium, chromium-browser or google-chrome in the PATH), so no picture was made');
  process.exit(1);
}

const make = async (name: string, html: string, wide: number): Promise<void> => {
  const file = fileURLToPath(new URL(name, folder));
  await screenshot(chromium, html, wide, file);
  const { size } = await stat(file);
  if (size > mostBytes) throw new Error(`${name} has ${size} bytes: too many for a repository`);
  console.error(`docs/pictures/${name}  ${Math.round(size / 1_000)} KB`);
};

const widget = async (state: State, theme: 'light' | 'dark'): Promise<string> => {
  const html = await answer(
    { widgetContext: { theme, width, timeRange: { start: now - 6 * 3_600_000, end: now } } },
    'arn:aws:lambda:us-east-1:123456789012:function:hokusai-synthetics-development-widget',
    {
      store: () => ({ load: async () => ({ state, version: 1 }) }),
      environment: state.environment,
      cycleMs: 60_000,
      now: () => now,
      log: (thrown) => {
        throw thrown;
      },
    },
  );
  // Mimics CloudWatch's background, where the links' actions are invisible.
  return `<style>html,body{margin:0;background:${theme === 'light' ? '#fff' : '#161d26'}}body{padding:16px}cwdb-action{display:none}</style>${html}`;
};

await mkdir(folder, { recursive: true });
const [healthy, expiring, broken] = [
  await sandboxReport(),
  await sandboxReport('--scenario', 'registry-certificate-expires-soon'),
  await sandboxReport('--scenario', scenario),
];
const before = [
  [healthy, 60],
  [expiring, 25],
  [healthy, 90],
  [broken, 14],
] as const;
await make('widget-healthy.png', await widget(remembered([...before, [healthy, 60]], now), 'light'), width);
await make(
  'widget-critical.png',
  await widget(remembered([...before, [healthy, 60], [broken, 24]], now), 'dark'),
  width,
);
const asked = ['registry.mlflow-proxy-search', 'mlflow.health', 'auth.health', 'registration'];
const options = ['--scenario', scenario, ...asked.flatMap((id) => ['--target', id])];
const output = renderPretty(await sandboxReport(...options), {
  hosts: defaultHosts,
  targets: defaultPlatform.targets,
  through: 'https://registry.hokus.ai/api/mlflow',
  width: terminalLetters,
  color: true,
});
await make(
  'check.png',
  terminalHtml(`hokusai-synthetics check --sandbox --scenario ${scenario} …`, abridged(output, terminalLetters)),
  terminalWidth,
);
