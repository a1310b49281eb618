import { expect, it } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import type { Answerer } from '../../src/model/answerers.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import type { Attempted } from '../../src/model/observation.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { defaultTargets } from '../../src/platform/targets.ts';

export type Headers = Readonly<Record<string, string>>;

export const json = { 'content-type': 'application/json', server: 'uvicorn' };
export const html = { 'content-type': 'text/html' };

const targets = defaultTargets({
  hosts: defaultHosts,
  limits: defaultLimits,
  corsOrigin: 'https://platform.hokus.ai',
});

/** The outcome of a default target that gets this response. */
export const outcome = (id: string, status: number, headers: Headers, body: string) => {
  const target = targets.find((candidate) => candidate.id === id);
  if (target === undefined) throw new Error(`no target ${id}`);
  const location = headers['location'];
  const seen: Attempted = {
    kind: 'attempted',
    target: id,
    startedAt: 0,
    timingsMs: { resolve: 1, connect: 1, tls: 1, processing: 20, transfer: 1, total: 24 },
    loopLateMs: 0,
    traceId: '0',
    resolution: null,
    connects: [],
    addresses: [],
    address: '192.0.2.1:443',
    tls: null,
    redirects: location === undefined ? [] : [{ status, from: target.kind === 'http' ? target.url : '', location }],
    response: { status, headers, headerOrder: Object.keys(headers).join(' '), body, bytes: body.length },
    failure: null,
  };
  return classify(target, seen, defaultLimits);
};

/** A response, and how it is judged. Facts of shared experience: the platform's documents, AWS's pages, a live MLflow 3.9, FastAPI. */
export interface JudgedResponse {
  readonly title: string;
  /** The default target that gets it. */
  readonly id: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly failureMode: FailureMode | null;
  readonly answeredBy: Answerer;
}

export const testJudged = (responses: readonly JudgedResponse[]): void => {
  it.each(responses)('$title', ({ id, status, headers, body, failureMode, answeredBy }) => {
    expect(outcome(id, status, headers, body)).toMatchObject({ failureMode, answeredBy });
  });
};
