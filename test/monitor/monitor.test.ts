import { beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { OutOfReach } from '../../src/config/secrets.ts';
import type { Settings } from '../../src/config/settings.ts';
import { createMemoryStore } from '../../src/incidents/stores/memory.ts';
import type { Tracking } from '../../src/model/tracking.ts';
import { createMemory } from '../../src/monitor/memory.ts';
import { type Monitoring, monitor } from '../../src/monitor/monitor.ts';
import { prepare } from '../../src/monitor/prepare.ts';

const key = 'hk_test_0123456789abcdef0123456789abcdef';
const untroubled: Tracking = { open: [], news: [], sent: 0, waiting: 0, troubles: [] };

describe('a monitored cycle', () => {
  let settings: Settings;
  beforeAll(async () => {
    settings = await loadSettings({ text: '{"registration": {"enabled": false}}', name: 'a test', folder: '.' });
  });

  /** A cycle of no targets, for what follows from it. */
  const monitoring = (): Monitoring => ({
    ...{ settings, baseline: [], only: [], registration: false, apiKey: null, missing: null },
    deadlineMs: 1_000,
  });

  /** Notes in which order things happen. */
  const noting = () => {
    const calls: string[] = [];
    const parts = (goesOn: boolean): Pick<Monitoring, 'memory' | 'show' | 'publish'> => ({
      memory: {
        history: Promise.resolve(null),
        track: async () => {
          calls.push('track');
          return untroubled;
        },
      },
      show: async () => {
        calls.push('show');
        return goesOn;
      },
      publish: async (_report, tracking) => {
        calls.push(tracking === untroubled ? 'publish with incidents' : 'publish');
        return { to: 'cloudwatch', requests: 1 };
      },
    });
    return { calls, parts };
  };

  it('is shown, then tracked, then published with the results of the incidents', async () => {
    const { calls, parts } = noting();
    const { tracking, published } = await monitor({ ...monitoring(), ...parts(true) });
    expect(calls).toEqual(['show', 'track', 'publish with incidents']);
    expect({ tracking, published }).toEqual({ tracking: untroubled, published: { to: 'cloudwatch', requests: 1 } });
  });

  it('changes and publishes nothing after an interruption', async () => {
    const { calls, parts } = noting();
    const ended = await monitor({ ...monitoring(), ...parts(false) });
    expect(calls).toEqual(['show']);
    expect(ended).toMatchObject({ tracking: null, published: null, report: { schemaVersion: 1 } });
  });

  it('is published without incidents when tracking is off', async () => {
    const { calls, parts } = noting();
    await monitor({ ...monitoring(), ...parts(true), memory: null });
    expect(calls).toEqual(['show', 'publish']);
  });

  it('is published even if tracking has a defect, which is reported as trouble', async () => {
    const { calls, parts } = noting();
    const told: string[] = [];
    const broken = (): number => {
      throw new TypeError('a defect');
    };
    const memory = createMemory(
      { settings, only: null },
      { store: createMemoryStore(), channels: [], now: broken },
      {
        limits: () => ({ signal: AbortSignal.timeout(10_000) }),
        onNote: (sentence) => told.push(`note: ${sentence}`),
        onTrouble: (sentence) => told.push(sentence),
      },
    );
    const { tracking } = await monitor({ ...monitoring(), ...parts(true), memory });
    expect(told).toEqual(['TypeError: a defect']);
    expect(tracking).toMatchObject({ open: null, troubles: ['TypeError: a defect'] });
    expect(calls).toEqual(['show', 'publish']);
  });
});

describe('the preparation of a cycle', () => {
  const withStoredKey = async (fetchSecret: () => Promise<string>, goesOnWithout: boolean) => {
    const text = JSON.stringify({ credentials: { apiKey: { ssm: '/key' } }, registration: { enabled: false } });
    const settings = await loadSettings({ text, name: 'a test', folder: '.' });
    const inputs = { settings, baseline: [], only: null, registration: false };
    return prepare(inputs, { env: {}, fetchSecret, goesOnWithout });
  };
  const outOfReach = () => Promise.reject(new OutOfReach('the store does not answer'));

  it('loads everything, including the key', async () => {
    const prepared = await withStoredKey(async () => key, true);
    expect(prepared).toMatchObject({ apiKey: key, missing: null, only: null });
  });

  it('loads what works without a key while the key’s store does not respond, if the entrance allows it', async () => {
    const { apiKey, missing, only, registration } = await withStoredKey(outOfReach, true);
    expect({ apiKey, registration }).toEqual({ apiKey: null, registration: false });
    expect(missing?.message).toContain('the store does not answer');
    expect(only).toContain('auth.root');
    expect(only).not.toContain('registry.experiments');
  });

  it.each([
    {
      what: 'the key’s store does not respond and the entrance needs it',
      fetchSecret: outOfReach,
      goesOnWithout: false,
    },
    {
      what: 'the store refuses the key',
      fetchSecret: () => Promise.reject(new Error('AccessDenied')),
      goesOnWithout: true,
    },
  ])('fails when $what', async ({ fetchSecret, goesOnWithout }) => {
    await expect(withStoredKey(fetchSecret, goesOnWithout)).rejects.toThrow(/SSM parameter/);
  });
});
