import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { confirmLimits } from '../../src/confirm/limits.ts';
import { actionOf, operations } from '../../src/confirm/operations.ts';
import { askableIds } from '../../src/confirm/plan.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { type HypothesisId, hypothesisIds } from '../../src/platform/hypotheses.ts';
import { breakages } from '../../src/sandbox/aws/breakages.ts';
import { type AwsInventory, healthyInventory } from '../../src/sandbox/aws/inventory.ts';
import { startSandboxAws } from '../../src/sandbox/aws/server.ts';
import { faults } from '../../src/sandbox/faults/faults.ts';
import { accessTo, ask, askChanges } from '../confirm/asking.ts';
import { type Exchange, startRecorder } from '../confirm/recorded.ts';
import { balancers, listeners, page, rule } from '../confirm/written-answers.ts';
import { pythonWith } from '../setup/environment.ts';
import { describeWith } from '../setup/real-parts.ts';

const script = join(import.meta.dirname, '..', 'setup', 'aws_shapes.py');

type Change = (inventory: AwsInventory, now: number) => void;

const withPrefixList: Change = (inventory) => {
  inventory.prefixLists = { 'pl-1': ['198.51.100.0/24'] };
  inventory.securityGroups.balancer = [{ port: 443, from: 'pl-1' }];
  inventory.deniedPorts = [22];
};

/** Without a reason, so that its image is asked about. */
const withoutTask: Change = ({ services }) => {
  services.api.tasks = services.api.tasks.slice(1);
};

const withRestGateway: Change = (inventory) => {
  inventory.gateway = {
    id: 'a1b2c3d4e5',
    kind: 'REST',
    hosts: [defaultHosts.registry],
    routes: [{ path: '/api/{proxy+}', type: 'CUSTOM', authorizer: 'keys' }],
    authorizers: [{ id: 'keys', type: 'TOKEN', sources: ['$request.header.Token'] }],
  };
};

/** Every call about every hypothesis, and the sandbox's answers: on a healthy day, and as each fault leaves it. */
const everyExchange = async (): Promise<readonly Exchange[]> => {
  const all: Exchange[] = [];
  const states: readonly (readonly [Change, readonly HypothesisId[]])[] = [
    [() => undefined, askableIds],
    [withPrefixList, ['security-group-blocking']],
    [withoutTask, ['api-service-unhealthy']],
    [withRestGateway, ['api-gateway-auth']],
    ...Object.entries(breakages).map(
      ([fault, change]) => [change, hypothesisIds.filter((id) => faults[fault]?.causes.includes(id) === true)] as const,
    ),
  ];
  for (const [change, ids] of states) {
    const now = Date.now();
    const inventory = healthyInventory(now);
    change(inventory, now);
    const aws = await startSandboxAws(inventory);
    const recorder = await startRecorder(aws.endpoint);
    try {
      for (const id of ids) await ask([id], accessTo(recorder.endpoint));
      await askChanges(recorder.endpoint, { now, onset: null, stacks: [], calls: confirmLimits.calls });
    } finally {
      await recorder.close();
      await aws.close();
    }
    all.push(...recorder.exchanges);
  }
  return [...new Map(all.map((one) => [`${one.action} ${one.answer}`, one])).values()];
};

const differences = async (exchanges: readonly Exchange[]): Promise<readonly string[]> => {
  const child = spawn(await pythonWith('moto'), [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(exchanges));
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return JSON.parse(output) as readonly string[];
};

describeWith('moto', 'calls and answers in the sandbox', () => {
  test('have the form of AWS’s own API models, and every call is among them', { timeout: 120_000 }, async () => {
    const exchanges = await everyExchange();

    expect(await differences(exchanges)).toEqual([]);
    expect(new Set(exchanges.map(({ action }) => action))).toEqual(new Set(operations.map(actionOf)));
  });

  test('and those that tests write by hand have it too', async () => {
    const shape = { service: 'elasticloadbalancing', signs: 'elasticloadbalancing', isJson: false, prefix: null };
    const written = [
      { ...shape, action: 'DescribeLoadBalancers', params: {}, answer: balancers },
      { ...shape, action: 'DescribeListeners', params: { LoadBalancerArn: 'a' }, answer: listeners },
      {
        ...shape,
        action: 'DescribeRules',
        params: { ListenerArn: 'l', Marker: '2' },
        answer: page('DescribeRules', `<Rules>${rule}</Rules><NextMarker>2</NextMarker>`),
      },
    ];

    expect(await differences(written)).toEqual([]);
  });

  test('are refused with a field that AWS does not have, a wrong type, or a missing parameter', async () => {
    const shape = { service: 'ecs', signs: 'ecs', isJson: true, prefix: 'AmazonEC2ContainerServiceV20141113' };
    const wrong: readonly Exchange[] = [
      { ...shape, action: 'DescribeServices', params: {}, answer: '{"services":[{"name":"api","runningCount":"2"}]}' },
    ];

    expect(await differences(wrong)).toEqual([
      'DescribeServices request.services: missing',
      'DescribeServices.services[].name: not in the model',
      "DescribeServices.services[].runningCount: '2' is no integer",
    ]);
  });
});
