import { describe, expect, it } from 'vitest';
import type { Attempted } from '../../src/model/observation.ts';
import { attempt, expecting, redirected, response, told } from './seen.ts';

const uvicorn = { server: 'uvicorn', 'content-type': 'application/json' };
const api = (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Partial<Attempted> => ({
  response: response(status, body, { ...uvicorn, ...headers }),
});
const by = 'by the application';

describe('port 80 must redirect to https, same host and path', () => {
  const plain = expecting({ status: [301, 308], redirectToHttps: true }, { url: 'http://host.test/path?a=1' });
  const to = (location: string, status = 301) => redirected(status, location, plain.url);
  it.each<readonly [Partial<Attempted>, string]>([
    [to('https://host.test/path?a=1'), 'pass'],
    [to('https://host.test:443/path?a=1', 308), 'pass'],
    [to('https://host.test/path?a=1', 302), `fail unexpected-status at api: 302 ${by}: to https://host.test/path?a=1`],
    [
      to('https://host.test:8443/path?a=1'),
      `fail redirect-unexpected at rule: 301 ${by}: to https://host.test:8443/path?a=1`,
    ],
    [to('https://host.test/path'), `fail redirect-unexpected at rule: 301 ${by}: to https://host.test/path`],
    [to('https://host.test/other?a=1'), `fail redirect-unexpected at rule: 301 ${by}: to https://host.test/other?a=1`],
    [to('https://other.test/path?a=1'), `fail redirect-unexpected at rule: 301 ${by}: to https://other.test/path?a=1`],
    [to('http://host.test/path?a=1'), `fail redirect-loop at rule: 301 ${by}: to http://host.test/path?a=1`],
    [to('https://'), `fail redirect-unexpected at rule: 301 ${by}: to https://`],
    [{ response: response(301, '', uvicorn) }, `fail redirect-unexpected at rule: 301 ${by}`],
    [
      api(200, '{"detail":"x"}'),
      `fail redirect-unexpected at rule: 200 ${by}: it answers instead of redirecting to https`,
    ],
    [
      { response: response(200, 'x', { server: 'awselb/2.0' }) },
      'fail unexpected-answerer at rule: 200 by the balancer: x',
    ],
    [api(404), `fail route-not-found at api: 404 ${by}`],
  ])('%j', (seen, expected) => {
    expect(told(plain, attempt(seen))).toBe(expected);
  });
});
