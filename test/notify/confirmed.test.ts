import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { withFindings } from '../../src/diagnose/findings.ts';
import { cycleOf } from '../../src/incidents/cycle-of.ts';
import type { AwsFinding } from '../../src/model/aws-confirmation.ts';
import type { IncidentEvent, IncidentView } from '../../src/model/incident.ts';
import { messageOf } from '../../src/notify/message.ts';
import { allPass, observations, targets } from '../diagnose/observations.ts';
import { report } from '../metrics/reports.ts';
import { mlflowDown, setting } from './incidents.ts';

const key = 'hk_test_0123456789abcdefghijklmn';

const confirmedBy =
  'ecs:DescribeTasks: hokusai-mlflow-development runs 0 of 1 tasks; one stopped at 2026-11-21 02:57 UTC';

const opened = (causes: IncidentView['causes']): IncidentEvent => ({
  id: 'development.20261121-0257-registry.1',
  subject: '20261121-0257-registry',
  environment: 'development',
  at: '2026-11-21T02:58:12.000Z',
  kind: 'opened',
  incident: { ...mlflowDown, causes },
});

describe('a message about a cause that AWS confirms', () => {
  const { text, card } = messageOf(
    opened([{ id: 'mlflow-service-unhealthy', probability: 0.999, confirmedBy }]),
    setting,
  );

  test('says so in its first line, in mail and chat', () => {
    expect(text.split('\n')[0]).toContain('(confirmed by AWS).');
    expect(card.content.description).toContain('(confirmed by AWS).');
  });

  test('says in a mail what confirms it', () => {
    expect(text.replace(/\s+/g, ' ')).toContain(`confirmed by ${confirmedBy}`);
  });

  test('never repeats a key', () => {
    const said = messageOf(
      opened([{ id: 'mlflow-service-unhealthy', probability: 0.999, confirmedBy: `ecs:DescribeTasks: ${key}` }]),
      setting,
    );

    expect(JSON.stringify(said)).not.toContain(key.slice('hk_test_'.length));
  });
});

test('an incident keeps what AWS says about its cause, and not what it refutes', () => {
  const away = ['upstream-unreachable', 'application'] as const;
  const failing = {
    'registry.mlflow-proxy-health': away,
    'registry.mlflow-proxy-version': away,
    'registry.mlflow-proxy-search': away,
    'registry.mlflow-proxy-search-x-api-key': away,
    'registration.credentials': away,
  };
  // After a step that fails the others are not asked.
  const asked = Object.entries(allPass(failing)).filter(
    ([id]) => !id.startsWith('registration.') || Object.hasOwn(failing, id),
  );
  const seen = observations(Object.fromEntries(asked));
  const findings: readonly AwsFinding[] = [
    {
      hypothesis: 'service-discovery-broken',
      fault: 0,
      verdict: 'confirmed',
      line: 'no instance',
      source: 'servicediscovery:ListInstances',
    },
    {
      hypothesis: 'mlflow-unreachable-from-api',
      fault: 0,
      verdict: 'refuted',
      line: 'a name',
      source: 'ecs:DescribeTaskDefinition',
    },
  ];
  const outside = report(seen.outcomes, { ...seen, verdict: 'failing', diagnosis: diagnose(seen, targets) });
  const confirmed = {
    ...outside,
    confirmation: { findings, calls: 2, durationMs: 30 },
    diagnosis: withFindings(outside, targets, findings),
  };

  expect(cycleOf(confirmed, targets, {}).sightings.flatMap(({ causes }) => causes)).toMatchObject([
    { id: 'service-discovery-broken', confirmedBy: 'servicediscovery:ListInstances: no instance' },
  ]);
});
