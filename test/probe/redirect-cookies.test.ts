import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { httpTarget, outcomeWith, toolsWith, toPort, whileListening } from '../support/probing.ts';

/** The `cookie` header of the request that a redirect leads to. */
const sentTo = async (location: string, cookies: readonly string[]): Promise<string | undefined> => {
  let sent: string | undefined;
  const server = createServer(({ url, headers }, response) => {
    if (url?.startsWith('/shop/start') === true) {
      response.writeHead(302, { location, 'set-cookie': [...cookies] }).end();
      return;
    }
    sent = headers.cookie;
    response.end('{"status":"healthy"}');
  });
  await whileListening(server, async (port) => {
    const target = httpTarget({ url: 'http://www.host.test/shop/start?a=/b', redirects: 'follow' });
    const knownHosts = new Set(['www.host.test', 'api.host.test']);
    const outcome = await outcomeWith(target, toolsWith({ connectTo: toPort(port), knownHosts }));
    expect(outcome.status).toBe('pass');
  });
  return sent;
};

const past = 'Thu, 01 Jan 1970 00:00:00 GMT';

it.each([
  ['goes below the path of the request that set it', '/shop/next', ['a=1'], 'a=1'],
  ['stays below the path of the request that set it', '/next', ['a=1'], undefined],
  ['goes below its own path', '/next?x', ['a=1; Path=/'], 'a=1'],
  ['stays below its own path', '/next', ['a=1; path=/nex'], undefined],
  ['with a relative path has none', '/shop/next', ['a=1; Path=next'], 'a=1'],
  ['that is secure stays within https', '/shop/next', ['a=1; Secure'], undefined],
  ['with a past date is not sent', '/shop/next', [`a=1; Expires=${past}`], undefined],
  ['with no lifetime is not sent', '/shop/next', ['a=1; Max-Age=0'], undefined],
  ['with a negative lifetime is not sent', '/shop/next', ['a=1; Max-Age=-5'], undefined],
  ['with a lifetime outlives its date', '/shop/next', [`a=1; Expires=${past}; Max-Age=60`], 'a=1'],
  ['with a date that is none is sent', '/shop/next', ['a=1; Expires=never'], 'a=1'],
  ['that is deleted at once is not sent', '/shop/next', ['a=1', 'a=; Max-Age=0', 'b=2'], 'b=2'],
  ['loses its spaces', '/shop/next', ['  a  =  1  ; Path=/'], 'a=1'],
  ['keeps its quotes', '/shop/next', ['a="x y"'], 'a="x y"'],
  ['without a name is sent as it is', '/shop/next', ['value'], 'value'],
  ['stays with its host', 'http://api.host.test/shop/next', ['a=1'], undefined],
  ['of the domain goes to its other hosts', 'http://api.host.test/shop/next', ['a=1; Domain=.host.test'], 'a=1'],
  ['of a foreign domain stays with its host', 'http://api.host.test/shop/next', ['a=1; Domain=a.test'], undefined],
  ['of a top-level domain stays with its host', 'http://api.host.test/shop/next', ['a=1; Domain=test'], undefined],
])('a cookie %s', async (_, location, cookies, sent) => {
  expect(await sentTo(location, cookies)).toBe(sent);
});

it.each([
  '//www.host.test/shop/next',
  'HTTP://WWW.HOST.TEST/shop/next',
  'http://www.host.test:80/shop/next',
  'http://www.host.test./shop/next',
  'http://me@www.host.test/shop/next',
  'http://me:word@www.host.test/shop/next',
  '/shop/next#part',
  '../shop/./next?a=b c',
  ' next\t',
])('the location %j is followed, as clients do', async (location) => {
  expect(await sentTo(location, ['a=1'])).toBe('a=1');
});
