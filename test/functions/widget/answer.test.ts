import { describe, expect, it, vi } from 'vitest';
import { StoreError } from '../../../src/incidents/store.ts';
import { arn, ask, contextOf, read } from './asking.ts';
import { cases } from './states.ts';

describe('an event from CloudWatch', () => {
  it('can ask for the description, which is markdown with all parameters', async () => {
    const markdown = await ask(cases.critical, { describe: true });

    expect(markdown).toMatch(/^## Can people register models now/);
    expect(markdown).toContain('| **environment** |');
    expect(markdown).toContain('| **incident** |');
    expect(markdown).not.toContain('<div');
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['a context that is none', { widgetContext: 'x' }],
    ['a context of another kind', { widgetContext: { theme: 7, width: 'wide', timeRange: { start: 'x' }, params: 1 } }],
    ['a range that ends before it begins', contextOf({ timeRange: { start: 9, end: 3 } })],
    ['no width', contextOf({ width: Number.NaN })],
  ])('is always answered: %s', async (_, event) => {
    expect(read(await ask(cases.critical, event))).toMatch(/^✗ Registration is broken/);
  });

  it.each([
    ['go', 'The parameters are not an object.'],
    [{ environment: 7 }, 'The parameter environment is not a name.'],
    [{ incident: {} }, 'The parameter incident is not a name.'],
    [{ enviroment: 'staging' }, 'Unknown parameter: enviroment.'],
  ])('gets a note when it is not understood: %j', async (event, note) => {
    const text = read(await ask(cases.healthy, event));

    expect(text).toMatch(/^✓ People can register models now/);
    expect(text).toContain(note);
  });

  it('can select another environment, in the event or in the widget’s parameters', async () => {
    const load = vi.fn(async () => null);
    const store = () => ({ load });

    await ask(cases.healthy, { environment: 'staging', ...contextOf() }, { store });
    await ask(cases.healthy, contextOf({ params: { environment: 'staging' } }), { store });
    await ask(cases.healthy, contextOf(), { store });

    expect(load.mock.calls).toEqual([['staging'], ['staging'], ['development']]);
  });
});

describe('the details of an incident', () => {
  const linkIn = (html: string): object =>
    JSON.parse(/<cwdb-action [^>]*>([^<]*)<\/cwdb-action>/.exec(html)?.[1] ?? 'null');

  it('open in a pop-up through a link that calls this function again, for open and resolved incidents', async () => {
    const html = await ask(cases.critical);

    expect(html).toContain(`<cwdb-action action="call" display="popup" endpoint="${arn}">`);
    expect(linkIn(html)).toEqual({ incident: '20261121-0704-registry', environment: 'development' });
    expect(html.match(/<cwdb-action/g)).toHaveLength(4);
  });

  it('have no link when the function does not know its own name', async () => {
    expect(await ask(cases.critical, contextOf(), { arn: null })).not.toContain('cwdb-action');
  });

  it('show every affected request, every command with its outcomes, and the path', async () => {
    const html = await ask(cases.tie, { ...linkIn(await ask(cases.tie)), ...contextOf() });
    const text = read(html);

    expect(text).toMatch(
      /^✗ API cannot find MLflow \(82 %\) or API cannot reach MLflow \(18 %\) 20261121-0704-registry · critical/,
    );
    expect(text).toContain('registration.create-run ✗ upstream-unreachable 502 by the application');
    expect(text).toContain('if API cannot find MLflow: no instance, or one with an old address if not: ');
    expect(html.match(/<pre>/g)?.length).toBeGreaterThan(2);
    expect(html).toContain('Request path: client works');
  });

  it('exist after the incident is resolved, and are reported gone once they are removed', async () => {
    expect(read(await ask(cases.healthy, { incident: '20261121-0402-registry' }))).toMatch(
      /^✓ Resolved: API cannot find MLflow .* from 04:02 UTC to 04:22 UTC/,
    );
    expect(read(await ask(cases.healthy, { incident: 'nowhere' }))).toMatch(/^\? Incident nowhere was not found/);
  });
});

describe('an error', () => {
  it('of the table is shown in the widget, with the fix', async () => {
    const store = () => ({
      load: () => Promise.reject(new StoreError('unavailable', 'there is no such table in this account and region')),
    });

    expect(read(await ask(cases.healthy, contextOf(), { store }))).toBe(
      '? Nothing is known: the incidents cannot be read there is no such table in this account and region',
    );
  });

  it('of the widget itself goes to the log, and no stack trace to the dashboard', async () => {
    const log = vi.fn();
    const store = () => {
      throw new TypeError('x is not a function');
    };
    const html = await ask(cases.healthy, contextOf(), { store, log });

    expect(read(html)).toContain('the widget itself failed The log of its function says why');
    expect(html).not.toContain('is not a function');
    expect(log).toHaveBeenCalledWith(expect.any(TypeError));
  });
});
