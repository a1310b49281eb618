import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { IncidentEvent } from '../../src/model/incident.ts';
import type { Channel, Sendable, TestEvent } from '../../src/notify/channel.ts';
import { openChannel, type Receiver } from '../../src/notify/open-channel.ts';
import { trustedContext } from '../../src/probe/trust.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { events, failing, mlflowDown, setting } from './incidents.ts';
import { genieKey, type Providers, routingKey, startProviders, teamsPath } from './providers/servers.ts';

const base = { environment: 'development', subject: mlflowDown.id, at: '2026-11-21T02:58:12.000Z' };
const event = (kind: 'opened' | 'reminded' | 'resolved', incident = mlflowDown): IncidentEvent => ({
  ...{ ...base, id: `development.${incident.id}.1`, kind },
  incident: { ...incident, resolvedAt: kind === 'resolved' ? '2026-11-21T03:10:00.000Z' : null },
});
const worse: IncidentEvent = {
  ...{ ...base, id: `development.${mlflowDown.id}.2`, kind: 'updated', incident: mlflowDown },
  change: { kind: 'worse', from: 'warning' },
};
const key = `development-${mlflowDown.id}`;
const testEvent: TestEvent = {
  ...{ ...base, kind: 'test', id: 'test-1234', subject: 'test-1234' },
  ...{ headline: 'only a test', lines: ['Nothing is wrong.'] },
};
const hostile = '[log in](https://evil.test) <a href="https://evil.test">x</a> **b** @channel "},{" \u202e {{text}}';

let authority: Authority;
let providers: Providers;
beforeAll(async () => {
  authority = await Authority.create();
  providers = await startProviders(await authority.issue({ names: ['localhost'] }));
});
afterAll(() => providers.close());
beforeEach(() => {
  providers.alerts.clear();
  providers.heard.length = providers.violations.length = providers.cards.length = 0;
});

const open = (receiver: Receiver['name'], changes: object = {}): Channel => {
  const at = `https://localhost:${providers.port}`;
  const common = { ...setting, trust: trustedContext(authority.rootPem), ...changes };
  switch (receiver) {
    case 'pagerduty':
      return openChannel({ name: receiver, address: `${at}/v2/enqueue` }, routingKey, common);
    case 'opsgenie':
      return openChannel({ name: receiver, address: `${at}/v2/alerts` }, genieKey, common);
    case 'teams':
      return openChannel({ name: receiver }, `${at}${teamsPath}`, common);
    case 'webhook':
      return openChannel({ name: receiver }, `${at}/hook`, common);
    case 'json':
      return openChannel({ name: receiver, template: null }, `${at}/json`, common);
  }
};
const send = async (receiver: Receiver['name'], ...all: readonly Sendable[]): Promise<void> => {
  const channel = open(receiver);
  for (const one of all) await channel.send(one, AbortSignal.timeout(20_000));
};
const names = ['pagerduty', 'opsgenie', 'teams', 'webhook', 'json'] as const;
const alerting = ['pagerduty', 'opsgenie'] as const;

describe.each(names)('%s', (name) => {
  test.each(Object.entries(events))('gets a message within its published limits: %s', async (_, one) => {
    await send(name, one);

    expect(providers.violations).toEqual([]);
  });

  test('gets a huge incident within its published limits', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `registry.${'x'.repeat(90)}${index}`);
    const incident = {
      ...{
        ...mlflowDown,
        id: 'i'.repeat(150),
        environment: 'e'.repeat(64),
        acknowledged: { at: base.at, by: 'n'.repeat(640) },
      },
      affected: ids.flatMap((id, index) => failing([id], 'server-error', `${index}${'ü"\\\u0000'.repeat(500)}`)),
    };
    await send(name, event('opened', incident), { ...worse, incident }, event('resolved', incident), testEvent);

    expect(providers.violations).toEqual([]);
    expect(providers.heard.length).toBeGreaterThan(0);
  });

  test('gets a server’s hostile text as data', async () => {
    const affected = failing(['registry.root'], 'server-error', hostile);
    await send(name, event('opened', { ...mlflowDown, causes: [], path: [], affected }));
    const [{ body } = { body: '' }] = providers.heard;

    expect(providers.violations).toEqual([]);
    expect(body).toContain('evil.test');
    expect(body).not.toContain('\u202e');
    if (name === 'opsgenie') expect(body).not.toContain('<a');
    if (name === 'teams') expect(body).not.toContain('"TextBlock"');
  });

  test('shows how bad it is, both links, and how to acknowledge', async () => {
    await send(name, event('opened'));
    const [{ body } = { body: '' }] = providers.heard;

    expect(body).toContain('critical');
    expect(body).toContain(setting.links.dashboard);
    expect(body).toContain(setting.links.runbook);
    if (name !== 'webhook') expect(body).toContain(`incidents acknowledge ${mlflowDown.id}`);
  });
});

describe.each(alerting)('%s', (name) => {
  const alert = () => providers.alerts.get(key);

  it('opens, updates and resolves one alert for an incident', async () => {
    await send(name, event('opened'), worse, event('reminded'));
    expect(alert()).toMatchObject({ status: 'triggered' });
    await send(name, event('resolved'));

    expect(providers.alerts.size).toBe(1);
    expect(alert()).toMatchObject({ status: 'resolved' });
  });

  it('keeps an acknowledged incident acknowledged', async () => {
    await send(name, event('opened', { ...mlflowDown, acknowledged: { at: base.at, by: 'ada' } }));

    expect(alert()).toMatchObject({ status: 'acknowledged' });
  });

  it('acknowledges on command', async () => {
    await send(name, event('opened'));
    const { id, environment } = mlflowDown;
    await open(name).acknowledge?.({ id, environment, by: 'ada' }, AbortSignal.timeout(20_000));

    expect(alert()).toMatchObject({ status: 'acknowledged' });
  });

  it('ends in the same state when each message arrives twice', async () => {
    const twice = [event('opened'), worse, event('resolved')].flatMap((one) => [one, one]);
    await send(name, ...twice);

    expect(providers.alerts.size).toBe(1);
    expect(alert()).toMatchObject({ status: 'resolved' });
  });

  it('takes the end of an incident that it never heard of', async () => {
    await send(name, event('resolved'));

    expect(providers.alerts.size).toBe(0);
  });

  it('tells the incidents of two environments apart', async () => {
    await send(name, event('opened'), event('opened', { ...mlflowDown, environment: 'production' }));

    expect(providers.alerts.size).toBe(2);
  });

  it('leaves no alert of a test open', async () => {
    await send(name, testEvent);

    expect([...providers.alerts.values()].map(({ status }) => status)).toEqual(['resolved']);
  });
});

test('a JSON template is filled in as data', async () => {
  const template =
    '{"title": "{{subject}} ({{ severity }})", "list": ["{{incident}}", 1, null], "x": {"y": "{{failures}}"}}';
  const at = `https://localhost:${providers.port}/any`;
  const channel = openChannel({ name: 'json', template }, at, { ...setting, trust: trustedContext(authority.rootPem) });
  const affected = failing(['registry.root'], 'server-error', hostile);
  await channel.send(event('opened', { ...mlflowDown, affected }), AbortSignal.timeout(20_000));

  expect(JSON.parse(providers.heard[0]?.body ?? '')).toEqual({
    title: expect.stringMatching(/^\[critical\] development: .* \(critical\)$/),
    list: [mlflowDown.id, 1, null],
    x: { y: expect.stringContaining('"},{"') },
  });
});

describe('a key or an address never shows', () => {
  const refusals = {
    pagerduty: () =>
      openChannel(
        { name: 'pagerduty', address: `https://localhost:${providers.port}/v2/enqueue` },
        'made-up-routing-key-too-short',
        common(),
      ),
    opsgenie: () =>
      openChannel(
        { name: 'opsgenie', address: `https://localhost:${providers.port}/v2/alerts` },
        'made-up-genie-key',
        common(),
      ),
    teams: () =>
      openChannel({ name: 'teams' }, `https://localhost:${providers.port}/workflows/made-up?sig=made-up`, common()),
  };
  const common = () => ({ ...setting, trust: trustedContext(authority.rootPem) });

  test.each(Object.entries(refusals))('when %s refuses it', async (_, refused) => {
    const error: unknown = await refused()
      .send(event('opened'), AbortSignal.timeout(20_000))
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(Error);
    const { message, stack } = error as Error;
    expect(message).toMatch(/ at localhost:\d+ did not take the event: it answers 40[01]; .*\?$/);
    expect(`${message}${stack}${JSON.stringify(error)}`).not.toContain('made-up');
  });

  test.each(names)('and nothing is sent to %s without a trusted certificate', async (name) => {
    const sending = open(name, { trust: trustedContext(null) }).send(event('opened'), AbortSignal.timeout(20_000));

    await expect(sending).rejects.toThrow('its certificate is not valid');
    expect(providers.heard).toEqual([]);
  });
});
