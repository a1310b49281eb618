import { expect, test } from 'vitest';
import { type Answer, ask, type System } from './system.ts';

const search = 'mlflow/experiments/search?max_results=1';

/** Under `--static-prefix /mlflow`: the way of the user interface moves, the clients' way does not. */
const answering = {
  '/mlflow/health': 'OK',
  '/mlflow/version': '3.9.0',
  '/mlflow/': '<title>MLflow</title>',
  [`/api/2.0/${search}`]: '"experiments"',
  [`/mlflow/ajax-api/2.0/${search}`]: '"experiments"',
  '/api/2.0/mlflow-artifacts/artifacts': '{}',
  '/mlflow/ajax-api/2.0/mlflow-artifacts/artifacts': '{}',
};

const notFound = [
  '/',
  '/health',
  '/version',
  `/ajax-api/2.0/${search}`,
  `/mlflow/api/2.0/${search}`,
  '/ajax-api/2.0/mlflow-artifacts/artifacts',
  '/mlflow/api/2.0/mlflow-artifacts/artifacts',
  '/mlflow/nothing',
  '/api/2.0/mlflow/registered-models/list',
  '/mlflow/ajax-api/2.0/mlflow/registered-models/list',
  '/api/2.0/mlflow/experiments/search/',
];

export const routingContract = (system: () => System): void => {
  const call = (method: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    ask(system().url, method, path, { headers });

  test.each(Object.entries(answering))('%s exists', async (path, content) => {
    const answer = await call('GET', path);

    expect(answer.status).toBe(200);
    expect(answer.text).toContain(content);
  });

  test.each(notFound)("%s is Flask's own HTML 404", async (path) => {
    const answer = await call('GET', path);

    expect(answer).toMatchObject({ status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(answer.text).toMatch(/^<!doctype html>\n<html lang=en>\n<title>404 Not Found<\/title>/);
  });

  test('the prefix without its slash redirects to it, on the requested host', async () => {
    const answer = await call('GET', '/mlflow');

    expect(answer).toMatchObject({ status: 308, headers: { location: `${system().url}/mlflow/` } });
  });

  test('health and version are text labelled as HTML', async () => {
    for (const path of ['/mlflow/health', '/mlflow/version'])
      expect((await call('GET', path)).headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test('every response of the application has the headers of uvicorn and of the security middleware', async () => {
    for (const path of ['/mlflow/health', '/mlflow/', `/api/2.0/${search}`, '/nothing'])
      expect((await call('GET', path)).headers).toMatchObject({
        server: 'uvicorn',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        vary: 'Origin',
      });
  });

  test('no response says how long its connection is kept open', async () => {
    expect(Object.keys((await call('GET', '/mlflow/health', { connection: 'keep-alive' })).headers)).not.toContain(
      'keep-alive',
    );
  });

  test('a method that a path lacks is a 405 with the allowed ones', async () => {
    const answer = await call('DELETE', '/api/2.0/mlflow/experiments/search');

    expect(answer.status).toBe(405);
    expect(answer.headers.allow?.split(', ').sort()).toEqual(['GET', 'HEAD', 'OPTIONS', 'POST']);
    expect(answer.text).toContain('<title>405 Method Not Allowed</title>');
    expect((await call('POST', '/mlflow/health')).status).toBe(405);
  });

  test('HEAD works on pages, and on the API without its parameters', async () => {
    expect(await call('HEAD', '/mlflow/health')).toMatchObject({ status: 200, text: '' });
    expect(await call('HEAD', `/api/2.0/${search}`)).toMatchObject({ status: 400, text: '' });
  });

  test('OPTIONS on the API is an empty 204', async () => {
    expect(await call('OPTIONS', '/api/2.0/mlflow/experiments/create')).toMatchObject({
      status: 204,
      text: '',
      headers: { allow: expect.stringContaining('POST') },
    });
  });

  test('a forbidden host is refused before any other header is added', async () => {
    for (const path of [`/api/2.0/${search}`, '/mlflow/health', '/mlflow/']) {
      const answer = await call('GET', path, { host: 'mlflow.example.com' });

      expect(answer).toMatchObject({ status: 403, headers: { server: 'uvicorn', 'content-type': 'text/plain' } });
      expect(answer.text).toBe('Invalid Host header - possible DNS rebinding attack detected');
      expect(answer.headers['x-frame-options']).toBeUndefined();
    }
  });

  test('only the unprefixed health and version, which do not exist here, accept any host', async () => {
    expect((await call('GET', '/health', { host: 'mlflow.example.com' })).status).toBe(404);
    expect((await call('GET', '/version', { host: 'mlflow.example.com' })).status).toBe(404);
  });

  test('a change requested by a page of another origin is blocked on /api/, and only there', async () => {
    const headers = { origin: 'https://elsewhere.example.com' };
    const change = (path: string): Promise<Answer> =>
      ask(system().url, 'POST', path, { json: { max_results: 1 }, headers });
    const blocked = await change('/api/2.0/mlflow/experiments/search');

    expect(blocked).toMatchObject({ status: 403, text: 'Cross-origin request blocked' });
    expect((await change('/mlflow/ajax-api/2.0/mlflow/experiments/search')).status).toBe(200);
    expect((await call('GET', `/api/2.0/${search}`, headers)).status).toBe(200);
  });

  test('every preflight is granted', async () => {
    const answer = await call('OPTIONS', '/api/2.0/mlflow/experiments/search', {
      origin: 'https://elsewhere.example.com',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    });

    expect(answer).toMatchObject({
      status: 200,
      text: 'OK',
      headers: {
        'access-control-allow-origin': 'https://elsewhere.example.com',
        'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS, PATCH',
        'access-control-allow-headers': 'content-type',
      },
    });
  });
};
