import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { confirmLimits } from '../../src/confirm/limits.ts';
import { askableIds } from '../../src/confirm/plan.ts';
import type { AwsConfirmation } from '../../src/model/aws-confirmation.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { freePort } from '../../src/sandbox/network/sockets.ts';
import { accessTo, ask } from './asking.ts';
import { balancers, listeners, page, rule } from './written-answers.ts';

type Answering = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** An AWS that gives this answer to every call. */
const anAws = async (answering: Answering): Promise<{ readonly endpoint: string; readonly calls: () => number }> => {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    text(request).then(
      (body) => answering(request, response, body),
      () => undefined,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls: () => calls };
};

const isJson = ({ headers }: IncomingMessage): boolean => 'x-amz-target' in headers;

/** An error in the form of the service that was called. */
const error =
  (status: number, code: string): Answering =>
  (request, response, body) => {
    response.writeHead(status);
    if (isJson(request))
      response.end(JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message: 'made up' }));
    else if (body.includes('Version=2016-11-15'))
      response.end(
        `<?xml version="1.0"?><Response><Errors><Error><Code>${code}</Code><Message>made up</Message></Error></Errors></Response>`,
      );
    else
      response.end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>made up</Message></Error></ErrorResponse>`,
      );
  };

const html = '<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Sign in</p></body></html>';

const cases: readonly (readonly [string, Answering, RegExp])[] = [
  [
    'a missing permission',
    error(403, 'AccessDenied'),
    /^could not ask: no permission for [a-z0-9]+:\w+, add it with the policy/,
  ],
  ['a missing permission in JSON', error(400, 'AccessDeniedException'), /no permission/],
  ["EC2's own word for it", error(403, 'UnauthorizedOperation'), /no permission/],
  ['throttling', error(400, 'ThrottlingException'), /AWS throttled the call/],
  ['throttling by status alone', error(429, 'Made.Up'), /AWS throttled the call/],
  ['expired credentials', error(403, 'ExpiredTokenException'), /the AWS credentials have expired/],
  ['credentials that AWS does not know', error(403, 'UnrecognizedClientException'), /did not accept the credentials/],
  [
    'a resource that does not exist, as in another region',
    error(400, 'ClusterNotFoundException'),
    /no such resource in this account and region/,
  ],
  ['a server error', error(500, 'InternalFailure'), /AWS refused the call/],
  ['an HTML page with 200', (_, response) => void response.end(html), /the answer is not from AWS/],
  ['an HTML page with 503', (_, response) => void response.writeHead(503).end(html), /the answer is not from AWS/],
  ['an empty answer', (_, response) => void response.end(), /not from AWS/],
  ['a JSON list', (_, response) => void response.end('[]'), /not from AWS|unexpected form/],
  ['a JSON document without its fields', (_, response) => void response.end('{}'), /unexpected form|not from AWS/],
  ['null', (_, response) => void response.end('null'), /not from AWS/],
  [
    'an answer that is cut off within a document',
    (request, response) =>
      void response.end(isJson(request) ? '{"services":[{"serviceName":"hokus' : balancers.slice(0, -40)),
    /the answer ended too early/,
  ],
  [
    'a connection that is lost within an answer',
    (_, response) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write('{"services":[');
      setImmediate(() => response.destroy());
    },
    /the answer ended too early/,
  ],
  [
    'elements that are nested without end',
    (_, response) => void response.end('<a>'.repeat(300_000)),
    /not from AWS|ended too early/,
  ],
  [
    'an answer that is too large',
    (_, response) => void response.end('x'.repeat(confirmLimits.bodyBytes + 1)),
    /the answer is too large/,
  ],
];

const lines = ({ findings }: AwsConfirmation): readonly string[] => findings.map(({ line }) => line);

describe('nothing is concluded from', () => {
  test.for(cases)('%s', async ([, answering, says]) => {
    const { endpoint } = await anAws(answering);

    const confirmation = await ask(askableIds.slice(0, 6), accessTo(endpoint));

    expect(confirmation.findings.map(({ verdict }) => verdict)).toEqual(confirmation.findings.map(() => 'unknown'));
    for (const line of lines(confirmation)) expect(line).toMatch(says);
  });

  test('an AWS that nothing listens for', async () => {
    const nowhere = `http://127.0.0.1:${await freePort('127.0.0.1')}`;

    const confirmation = await ask(['api-service-unhealthy'], accessTo(nowhere));

    expect(confirmation.findings).toMatchObject([
      { verdict: 'unknown', line: expect.stringContaining('could not be reached') },
    ]);
  });

  test('missing credentials, whose reason is in the line', async () => {
    const confirmation = await ask(['api-service-unhealthy'], {
      ...accessTo('http://127.0.0.1:9'),
      credentials: async () => Promise.reject(new Error('Could not load credentials from any providers')),
    });

    expect(lines(confirmation)[0]).toMatch(/no AWS credentials were found .*any providers/);
  });

  test('answers that never come: everything ends at the limit', async () => {
    const { endpoint } = await anAws(() => undefined);

    const confirmation = await ask(askableIds, accessTo(endpoint));

    expect(new Set(confirmation.findings.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
    expect(lines(confirmation).join('\n')).toMatch(/did not answer in time/);
  });

  test('bodies that stall', async () => {
    const { endpoint } = await anAws((request, response) => {
      response.writeHead(200);
      response.write(isJson(request) ? '{' : '<');
    });

    expect(lines(await ask(['api-service-unhealthy'], accessTo(endpoint)))[0]).toMatch(/did not answer in time/);
  });

  test('10,000 rules: pages have a limit, and a part of the rules proves nothing', async () => {
    const asked: string[] = [];
    const { endpoint } = await anAws((_, response, body) => {
      const name = new URLSearchParams(body).get('Action') ?? '';
      asked.push(name);
      if (name === 'DescribeLoadBalancers') response.end(balancers);
      else if (name === 'DescribeListeners') response.end(listeners);
      else if (name === 'DescribeRules')
        response.end(page(name, `<Rules>${rule.repeat(100)}</Rules><NextMarker>${asked.length}</NextMarker>`));
      else response.end('{"services":[],"failures":[{"reason":"MISSING"}]}');
    });

    const confirmation = await ask(['alb-routing-misconfigured'], accessTo(endpoint));

    expect(lines(confirmation)[0]).toMatch(
      /more entries than were read \(elasticloadbalancing:DescribeRules: more than 3 pages\)/,
    );
    expect(asked.filter((name) => name === 'DescribeRules')).toHaveLength(confirmLimits.pages);
  });
});

test('a list is read to its last page: the rule that decides is on the second', async () => {
  const own = rule
    .replace('other.example', 'registry.hokus.ai')
    .replace('<Type>forward</Type><TargetGroupArn>g</TargetGroupArn>', '<Type>fixed-response</Type>');
  const { endpoint } = await anAws((_, response, body) => {
    const form = new URLSearchParams(body);
    const name = form.get('Action') ?? '';
    if (name === 'DescribeLoadBalancers') response.end(balancers);
    else if (name === 'DescribeListeners') response.end(listeners);
    else if (name === 'DescribeRules')
      response.end(
        form.get('Marker') === '2'
          ? page(name, `<Rules>${own}</Rules>`)
          : page(name, `<Rules>${rule.repeat(100)}</Rules><NextMarker>2</NextMarker>`),
      );
    else response.end('{"services":[],"failures":[{"reason":"MISSING"}]}');
  });

  const { findings } = await ask(['alb-routing-misconfigured'], accessTo(endpoint));

  expect(findings[0]).toMatchObject({ verdict: 'confirmed', line: expect.stringContaining('answers with unknown') });
});

describe('the limit of calls', () => {
  test('holds whatever is asked, and each line says so', async () => {
    const { endpoint, calls } = await anAws((request, response, body) => {
      const name = new URLSearchParams(body).get('Action') ?? '';
      if (name === 'DescribeLoadBalancers') response.end(balancers);
      else if (isJson(request)) response.end('{"taskArns":["a"],"services":[],"failures":[{}],"tasks":[]}');
      else response.end(page(name, ''));
    });

    const confirmation = await ask(askableIds, accessTo(endpoint));

    expect(confirmation.calls).toBeLessThanOrEqual(confirmLimits.calls);
    expect(calls()).toBe(confirmation.calls);
  });

  test('counts a call once, however many hypotheses need it', async () => {
    const { endpoint, calls } = await anAws(error(403, 'AccessDenied'));
    const two: readonly HypothesisId[] = ['api-service-unhealthy', 'health-check-mismatch'];

    const { calls: made } = await ask(two, accessTo(endpoint));

    expect(made).toBe(calls());
    expect(made).toBe(3);
  });
});
