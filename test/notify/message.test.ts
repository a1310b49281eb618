import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/config/redact.ts';
import type { IncidentEvent, IncidentView } from '../../src/model/incident.ts';
import { type Message, messageOf } from '../../src/notify/message.ts';
import { printedEvent } from '../../src/notify/print.ts';
import { hypothesisIds } from '../../src/platform/hypotheses.ts';
import { runbooks } from '../../src/platform/runbooks.ts';
import { apiDown, events, failing, mlflowDown, setting } from './incidents.ts';

const key = 'hk_test_0123456789abcdefghijklmn';

const opened = (changes: Partial<IncidentView>): IncidentEvent => ({
  id: 'development.20261121-0257-registry.1',
  subject: '20261121-0257-registry',
  environment: 'development',
  at: '2026-11-21T02:58:12.000Z',
  kind: 'opened',
  incident: { ...mlflowDown, ...changes },
});

/** A server that says this wherever it is asked. */
const saying = (summary: string, changes: Partial<IncidentView> = {}): IncidentEvent =>
  opened({ affected: failing(['registry.root', 'registry.health'], 'server-error', summary), ...changes });

const everything = (message: Message): string => JSON.stringify(message);

/** What a chat formats: all that is not code. */
const formatted = ({ card }: Message): string =>
  [card.content.title, card.content.description, ...card.content.nextSteps, card.metadata.summary]
    .join('\n')
    .replace(/`[^`]*`/g, '');

describe('the first six lines of a mail', () => {
  const ofIncidents = Object.entries(events).filter(([, { kind }]) => ['opened', 'updated', 'reminded'].includes(kind));

  it.each(ofIncidents)(
    'show for %s the cause, place, start, severity, first command and further reading',
    (_, event) => {
      const lines = messageOf(event, setting).text.replaceAll('\n  ', ' ').split('\n').slice(0, 6);

      expect(lines[0]).toMatch(/\.$/);
      expect(lines[1]).toMatch(/^(Where|Seen): ./);
      expect(lines[2]).toMatch(/^Since: 2026-11-21 02:57 UTC, \d+ failing cycles/);
      expect(lines[3]).toMatch(/^(Critical|Warning|Notice): \d+ requests? /);
      expect(lines[4]).toMatch(/^(Run|Look at): ./);
      expect(lines[5]).toMatch(/^Dashboard: https:/);
    },
  );

  it('link to the runbook without a dashboard, and to nothing without either', () => {
    const links = { dashboard: null, runbook: 'https://wiki.hokus.ai/r', log: null };

    expect(messageOf(opened({}), { ...setting, links }).text).toContain('\nRunbook: https://wiki.hokus.ai/r\n\n');
    expect(messageOf(opened({}), { ...setting, links: { ...links, runbook: null } }).text).not.toContain('https:');
  });
});

describe('the subject', () => {
  it('is shortened before the id, and keeps severity and place', () => {
    const environment = 'e'.repeat(40);
    const { subject } = messageOf({ ...opened({ causes: apiDown.causes }), environment }, setting);

    expect(subject).toBe(`[critical] ${environment}: API is down - opened 20261121-0257-registry`);
    expect(messageOf({ ...opened({}), environment: 'e'.repeat(64) }, setting).subject).toBe(
      `[critical] ${'e'.repeat(64)}: MLflow is down - opened`.slice(0, 99),
    );
  });

  it('does not look like an alarm when the incident is over', () => {
    const ended = { ...opened({ resolvedAt: '2026-11-21T03:44:12.000Z' }), kind: 'resolved' } as IncidentEvent;

    expect(messageOf(ended, setting).subject).toMatch(/^\[resolved\] development: MLflow is down - lasted 47 min /);
  });

  it.each(hypothesisIds)('has room for the headline of %s', (id) => {
    expect(runbooks[id].headline).toMatch(/^[\x20-\x7e]{5,30}$/);
  });
});

it('a command contains the name of its host', () => {
  const event = opened({ causes: [{ id: 'tls-certificate-invalid', probability: 0.9 }], hosts: ['api'] });

  expect(messageOf(event, setting).text).toContain('openssl s_client -connect api.hokus.ai:443');
});

it('an acknowledged incident names the person, and no longer explains how to acknowledge', () => {
  const { text } = messageOf(opened({ acknowledged: { at: '2026-11-21T03:00:00.000Z', by: 'mara' } }), setting);

  expect(text).toContain('Acknowledged by mara: no reminders');
  expect(text).not.toContain('incidents acknowledge');
});

describe('a server that sends', () => {
  const unexplained = { causes: [], path: [] };

  it.each([
    ['the key', key],
    ['the key over two lines', `${key.slice(0, 12)}\n${key.slice(12)}`],
    ['the key with an unseen character in it', `${key.slice(0, 12)}\u200b${key.slice(12)}`],
    ['the key with a line end after each character', [...key].join('\r\n')],
    ['the key with what nobody has named in it', `${key.slice(0, 12)}\ue000${key.slice(12)}`],
    ['the key in base64', Buffer.from(`Authorization: Bearer ${key}`).toString('base64')],
    ['the key at the edge of what is read', `${'x'.repeat(1_990)}${key}`],
  ])('%s gets it into no form of a message', (_, summary) => {
    for (const changes of [{}, unexplained]) {
      const event = saying(summary, changes);
      const told =
        everything(messageOf(event, setting)) + printedEvent(event, { ...setting, color: false, width: 100 });

      expect(told.replaceAll(' ', '')).not.toContain(key.slice(0, 12));
      expect(told).not.toContain(Buffer.from(key).toString('base64').slice(4, 20));
    }
  });

  it('an unregistered key does not get it into a message either', () => {
    const redact = createRedactor([]);
    const told = everything(messageOf(saying('bad key hk_live_\u200babcdef0123456789'), { ...setting, redact }));

    expect(told).not.toContain('abcdef0123456789');
  });

  it('a database statement does not get it into a mail', () => {
    const { text } = messageOf(
      saying("500 by MLflow: failed [SQL: INSERT INTO tags VALUES ('secret of a user')] and more"),
      setting,
    );

    expect(text).toContain('500 by MLflow: failed (a database statement)');
    expect(text).not.toContain('secret of a user');
  });

  it('its private address has it quoted, because it shows the place of the fault', () => {
    expect(messageOf(saying('502: Failed to connect to http://10.0.3.219:5000'), setting).text).toContain(
      'http://10.0.3.219:5000',
    );
  });

  it.each([
    '<!channel> <!here> <!everyone>',
    '@channel @here @everyone',
    '<@U012AB3CD> <#C012AB3CD>',
    '<https://evil.test|Dashboard>',
    '[Dashboard](https://evil.test)',
    '`` `<!channel>` ``',
    '*bold* _italic_ ~gone~',
    '</code><a href="https://evil.test">',
  ])('%s alerts no chat user and creates no chat link', (summary) => {
    for (const changes of [{}, unexplained]) {
      const message = messageOf(saying(summary, changes), setting);
      const chat = message.card.content.description;

      expect(formatted(message)).not.toMatch(/evil|<|bold|@/);
      expect(chat.split('`').length % 2).toBe(1);
      expect(chat).not.toMatch(/[<>]|@(channel|here|everyone)/);
    }
  });

  it.each([
    ['marks that turn the text', 'abc\u202Ecba\u2066\u200f'],
    ['colours of a terminal', '\u001b[31mred\u001b[0m\u0007'],
    ['lines', 'one\r\nSubject: two\n\nthree\u2028four\u0085five'],
    ['halves of characters', '\ud800 \udc00\ud83d'],
    ['what is no character', '\ufffe\uffff\u0000'],
  ])('%s leaves no trace of them', (_, summary) => {
    const message = messageOf(saying(summary, unexplained), setting);
    const printed = printedEvent(saying(summary, unexplained), { ...setting, color: false, width: 100 });

    for (const text of [message.text, message.subject, message.card.content.description, printed]) {
      expect(text).not.toMatch(/[^\P{C}\n]/u);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it('a hundred kilobytes is quoted from the start', () => {
    const { text } = messageOf(saying(`start ${'long '.repeat(20_000)}`), setting);

    expect(text).toContain('start long');
    expect(text.length).toBeLessThan(5_000);
  });
});

it('hundreds of different failures are counted instead of listed', () => {
  const affected = Array.from({ length: 300 }, (_, n) => failing([`registry.t${n}`], 'server-error', `${n} `)).flat();
  const { text } = messageOf(opened({ affected, affectedCount: 400 }), setting);

  expect(text).toContain('Failing (400):');
  expect(text).toContain('and 394 more');
});

it('a mail that is too long loses whole lines at its end, and says so', () => {
  const affected = Array.from({ length: 60 }, (_, n) =>
    failing([`${'長'.repeat(120)}${n}`], 'server-error', `${n % 6} ${'名'.repeat(300)}`),
  ).flat();
  const { text } = messageOf(opened({ affected, affectedCount: 60 }), setting);

  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(16_000);
  expect(text).toMatch(/^MLflow does not run[\s\S]*\nFailing \(60\):\n[\s\S]*\n… cut: too long for one message\n$/);
});

it('a version with a key is not shown', () => {
  const deployment = { from: key, to: `v${key}`, at: '2026-11-21T02:55:10.000Z' };

  expect(everything(messageOf(opened({ deployment }), setting))).not.toContain(key.slice(0, 12));
});

it('a version is shown as a plain version, whatever a server sends', () => {
  const deployment = { from: '1.4.1', to: '<!here> 1.4.2\n`rm`', at: '2026-11-21T02:55:10.000Z' };
  const message = messageOf(opened({ deployment }), setting);

  expect(message.text).toContain('→ ?here?1.4.2?rm? deployed by');
  expect(formatted(message)).not.toContain('<!here>');
});
