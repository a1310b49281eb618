import { describe } from 'vitest';
import { type JudgedResponse, testJudged } from './judged-response.ts';
import { applicationPages, eitherPages, gatewayPages, type StockPage } from './stock-pages.ts';

const judged = (
  all: readonly StockPage[],
  failureMode: JudgedResponse['failureMode'],
  answeredBy: JudgedResponse['answeredBy'],
): readonly JudgedResponse[] =>
  all.map(({ product, ...seen }) => ({ title: product, id: 'registry.health', ...seen, failureMode, answeredBy }));

describe('a gateway’s own 404 is a missing rule, not a missing route of the application', () => {
  const isAws = ({ product }: StockPage): boolean => product === 'AWS API Gateway';
  testJudged(
    judged(
      gatewayPages.filter((one) => !isAws(one)),
      'lb-no-route',
      'unknown',
    ),
  );
  testJudged(judged(gatewayPages.filter(isAws), 'lb-no-route', 'api-gateway'));
});

describe('a framework’s own 404 is an application’s', () => {
  testJudged(judged(applicationPages, 'route-not-found', 'application'));
});

describe('a 404 that servers in front and applications both send does not show its sender', () => {
  testJudged(judged(eitherPages, 'route-not-found', 'unknown'));
});

describe('a gateway’s own words for a task that it does not reach are not the application’s', () => {
  const ofKong = (status: number, message: string, failureMode: JudgedResponse['failureMode']): JudgedResponse => ({
    title: message,
    id: 'registry.health',
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ message, request_id: '0' }),
    failureMode,
    answeredBy: 'unknown',
  });
  testJudged([
    ofKong(502, 'An invalid response was received from the upstream server', 'lb-bad-gateway'),
    ofKong(503, 'failure to get a peer from the ring-balancer', 'lb-no-target'),
    ofKong(503, 'name resolution failed', 'lb-no-target'),
    ofKong(504, 'The upstream server is timing out', 'lb-gateway-timeout'),
    { ...ofKong(503, 'no such words', 'upstream-unavailable'), answeredBy: 'application' },
  ]);
});
