import { describe, expect, it } from 'vitest';
import type { Registration } from '../../src/model/report.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { renderPretty } from '../../src/report/pretty.ts';
import { cleanup, flow, outcome, report, step, stepsWith, stoppedAt } from '../metrics/reports.ts';

const through = 'https://registry.hokus.ai/api/mlflow';
const forbidden = '403 by the application: scope mlflow:write required';

/** What a person reads of a cycle of the flow alone. */
const lines = (registration: Registration, width = 160): readonly string[] =>
  renderPretty(report([], { registration }), { color: false, width, hosts: defaultHosts, targets: [], through }).split(
    '\n',
  );

/** The section of the flow: between the heading of the report and what it ends with. */
const section = (registration: Registration, width = 160): readonly string[] => {
  const all = lines(registration, width);
  const begins = all.indexOf('') + 1;
  return all.slice(begins, all.indexOf('', begins));
};

const passing = flow(stepsWith([]));
const stopped = flow(stoppedAt(step('create-run', 'fail', { failureMode: 'forbidden', summary: forbidden })));

describe('the flow in the text report', () => {
  it('is one quiet line when it passes', () => {
    expect(section(passing)).toEqual(['✓ model registration   20 steps in 400 ms · nothing left behind']);
    expect(lines(passing)[0]).toMatch(/^Hokusai development · \S+ \S+ UTC · the registration flow in 1\.9 s/);
  });

  it('is counted in heading and verdict, next to the targets', () => {
    const whole = report([outcome('auth.root', 'pass')], { registration: passing });
    const text = renderPretty(whole, { color: false, width: 100, hosts: defaultHosts, targets: [], through });
    expect(text).toMatch(/^Hokusai development · \S+ \S+ UTC · 1 check and the registration flow in 1\.9 s/);
    expect(text).toMatch(/\nhealthy · 22 pass \(registration: 21 pass\)\n/);
  });

  it('is missing when it was left out', () => {
    const without = report([outcome('auth.root', 'pass')]);
    const text = renderPretty(without, { color: false, width: 100, hosts: defaultHosts, targets: [], through });
    expect(text).not.toContain('registration');
  });

  it('shows where and why it stopped; skipped steps are counted, not listed', () => {
    expect(section(stopped)).toEqual([
      '✗ model registration   stopped at step 5 of 20, create a run · 15 steps skipped · nothing left behind',
      '  reads pass, writes fail',
      expect.stringMatching(/^ {2}✗ create-run +20 ms$/),
      '      forbidden',
      `      ${forbidden}`,
    ]);
    expect(lines(stopped)[1]).toMatch(/ · registration: 1 fail, 5 pass, 15 skipped$/);
  });

  it.each([
    { host: 'registry', says: false },
    { host: 'platform', says: true },
  ])('says that reads pass only if all of them do: a failing one on $host', ({ host, says }) => {
    const read = outcome('registry.mlflow-api-search', 'fail', { failureMode: 'response-timeout', host });
    const page = { color: false, width: 160, hosts: defaultHosts, targets: [], through };
    const text = renderPretty(report([read], { registration: stopped }), page);
    expect(text.includes('reads pass, writes fail')).toBe(says);
  });

  it('names the first failing step in its heading, and lists all', () => {
    const text = section(
      flow(
        stepsWith([
          step('read-artifacts', 'fail', { failureMode: 'artifact-mismatch', requests: 2 }),
          step('search-model', 'fail', { failureMode: 'upstream-timeout' }),
        ]),
      ),
    );
    expect(text[0]).toBe('✗ model registration   fails at step 19 of 20, download the model · nothing left behind');
    expect(text.filter((line) => line.startsWith('  ✗'))).toHaveLength(2);
    expect(text).toContain('      artifact-mismatch · 2 requests');
    expect(text).toContain('      upstream-timeout');
  });

  it('says that something may still appear, when the response to a creation was lost', () => {
    const lost = flow(stepsWith([step('create-run', 'fail', { failureMode: 'upstream-timeout' })]));
    const refused = flow(stepsWith([step('create-run', 'fail', { failureMode: 'forbidden' })]));

    expect(section(lost).join(' ')).toContain('nothing left behind so far; sweep removes what appears later');
    expect(section(refused)[0]).toMatch(/nothing left behind$/);
  });

  it('lists degraded steps', () => {
    const slow = flow(stepsWith([step('log-batch', 'degraded', { failureMode: 'slow', durationMs: 5_100 })]));
    expect(section(slow).slice(0, 3)).toEqual([
      '! model registration   20 steps in 400 ms · nothing left behind',
      expect.stringMatching(/^ {2}! log-batch +5\.1 s/),
      '      slow',
    ]);
  });

  it('shows its current step at a time-out', () => {
    const late = step('set-alias', 'inconclusive', { failureMode: 'deadline-exceeded' });
    expect(section(flow(stoppedAt(late)))[0]).toBe(
      '? model registration   unfinished at step 15 of 20, set an alias · 5 steps skipped · nothing left behind',
    );
  });

  it('shows the full names of left-over objects, so that they can be deleted by hand', () => {
    const left = cleanup([
      { thing: 'registered-model', id: 'hokusai-synthetics-development-0b5e9d0c-6c7d-4f2c-9b7a-2f1f3f0c9a11' },
      { thing: 'run', id: '4f0c1d2e3f405162738495a6b7c8d9e0' },
    ]);
    const broken: Registration = { ...passing, status: 'degraded', cleanup: left };
    expect(section(broken, 60)).toEqual([
      '! model registration   20 steps in 400 ms · 2 left behind',
      expect.stringMatching(/^ {2}! clean-up +120 ms$/),
      '      cleanup-failed',
      '      502 by the application: MLflow is away',
      '      left behind: registered-model hokusai-synthetics-development-0b5e9d0c-6c7d-4f2c-9b7a-2f1f3f0c9a11',
      '      left behind: run 4f0c1d2e3f405162738495a6b7c8d9e0',
    ]);
    expect(lines(broken)[1]).toContain('registration: 1 degraded, 20 pass, 2 left behind');
  });

  it.each([
    {
      title: 'one refused form of the key',
      fact: { credentialForms: { bearer: null, 'x-api-key': 'auth-rejected' } },
      says: 'the key works as Bearer, not as X-API-Key (auth-rejected)',
    },
    {
      title: 'deletions by another route',
      fact: { deletesThrough: 'https://registry.hokus.ai/mlflow/ajax-api/2.0/mlflow' },
      says: 'deletes go through https://registry.hokus.ai/mlflow/ajax-api/2.0/mlflow',
    },
    { title: 'failing writes', fact: { writesWork: false }, says: 'reads pass, writes fail' },
    {
      title: 'failing artifacts',
      fact: { artifactsWork: false, firstFailure: 'upload-artifacts' },
      says: 'the registry works, artifacts do not',
    },
    {
      title: 'an old server',
      fact: { loggedModels: false },
      says: 'MLflow is older than 3: no logged models',
    },
  ] as const)('has a quiet line for $title', ({ fact, says }) => {
    const facts = { ...passing.facts, ...fact };
    expect(section({ ...passing, facts })).toEqual([section(passing)[0], `  ${says}`]);
  });

  it('does not repeat the failing step as a finding: a key that is refused in every form', () => {
    const credentialForms = { bearer: 'auth-rejected', 'x-api-key': 'auth-rejected' } as const;
    expect(lines({ ...passing, facts: { ...passing.facts, credentialForms } }).join('\n')).not.toContain('Bearer');
  });

  it('counts the steps that an old server has', () => {
    const skipped = (['create-logged-model', 'attach-logged-model'] as const).map((id) => step(id, 'skipped'));
    expect(section(flow(stepsWith(skipped)))[0]).toContain('18 of 20 steps in 400 ms');
  });

  it('says what it removed of earlier runs', () => {
    const swept = cleanup([], { swept: [{ thing: 'run', id: 'a' }] });
    expect(section({ ...passing, cleanup: swept })).toContain('  removed 1 thing left by earlier runs');
  });

  it('is quiet about a step that is known from the baseline', () => {
    const known = step('search-model', 'fail', { failureMode: 'forbidden', known: true });
    const text = lines(flow(stepsWith([known])));
    expect(text[3]).toMatch(/^✓ model registration {3}20 steps/);
    expect(text).toContain('known from the baseline: registration.search-model');
    expect(text[1]).toContain('registration: 20 pass, 1 known');
  });

  it('breaks its heading on a narrow terminal without losing text', () => {
    const failing = step('create-version-from-model', 'fail', { failureMode: 'server-error' });
    const narrow = section(flow(stoppedAt(failing)), 60);
    expect(narrow.slice(0, 5)).toEqual([
      '✗ model registration',
      '  stopped at step 13 of 20, register a version from the',
      '  logged model, as MLflow 3 does',
      '  7 steps skipped · nothing left behind',
      expect.stringContaining('create-version-from-model'),
    ]);
  });

  it("shows a server's message on as many lines as it needs, except for a whole page", () => {
    const said = (words: number): readonly string[] =>
      section(
        flow(stoppedAt(step('credentials', 'fail', { summary: Array(words).fill('because').join(' ') }))),
        60,
      ).filter((line) => line.includes('because'));
    expect(said(12)).toHaveLength(2);
    expect(
      said(12)
        .join(' ')
        .match(/because/g),
    ).toHaveLength(12);
    expect(said(1_000)).toHaveLength(4);
    for (const line of said(1_000)) expect(line.length).toBeLessThanOrEqual(60);
    expect(said(1_000).at(-1)).toMatch(/…$/);
  });

  it('cannot control the terminal, whatever a server sends', () => {
    const hostile = 'a\u001b[2J\u202e\r\nb';
    const text = lines({
      ...stopped,
      cleanup: cleanup([{ thing: 'run', id: hostile }]),
      facts: { ...stopped.facts, deletesThrough: hostile },
      steps: stoppedAt(step('credentials', 'fail', { summary: hostile })),
    }).join('');
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('has the same words with colour, and no escape sequence without', () => {
    const esc = String.fromCharCode(27);
    const cycle = report([], { registration: { ...stopped, cleanup: cleanup([{ thing: 'run', id: 'a' }]) } });
    const options = { width: 100, hosts: defaultHosts, targets: [], through };
    const plain = renderPretty(cycle, { ...options, color: false });
    expect(plain).not.toContain(esc);
    const colored = renderPretty(cycle, { ...options, color: true });
    expect(colored).toContain(esc);
    expect(colored.replaceAll(new RegExp(`${esc}\\[[0-9;]*m`, 'g'), '')).toBe(plain);
  });
});
