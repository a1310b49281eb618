import { expect, it } from 'vitest';
import { hostNameOf } from '../../src/wording/host-name.ts';

it.each([
  ['api', 'api.host.test'],
  ['constructor', 'constructor'],
  ['__proto__', '__proto__'],
  ['toString', 'toString'],
  ['a\u001b[31mb\u202e', 'a [31mb'],
])('the host of the role %j is called %j', (role, name) => {
  expect(hostNameOf({ api: 'api.host.test' }, role)).toBe(name);
});
