import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { confirmPolicy } from '../../scripts/confirm-page.ts';
import { lookups } from '../../src/confirm/lookups/all.ts';
import { changeLookups } from '../../src/confirm/lookups/changes.ts';
import { operations, permissionOf, restPaths } from '../../src/confirm/operations.ts';
import { permissions } from '../../src/confirm/permissions.ts';

/** Reads that would bring a secret's value, or that start something. */
const notForUs = /SecretValue|GetParameter|BatchGet|Execute|StartQuery|GetObject|GetItem/;

test('every call only describes, lists, filters or gets, and none gets a value that is secret', () => {
  expect(
    operations.filter(
      (one) =>
        !/^[a-z0-9]+:(?:(?:Describe|List|Filter|Lookup)[A-Z]\w*|Get(?:MetricStatistics|HostedZone|ManagedPrefixListEntries|ApiMappings|Routes|Resources|Authorizers))$/.test(
          one,
        ),
    ),
  ).toEqual([]);
  expect(operations.filter((one) => notForUs.test(one))).toEqual([]);
});

test('the calls of the lookups, the list, and the policy in docs/confirm.md are the same', () => {
  const used = new Set(Object.values({ ...lookups, ...changeLookups }).flatMap(({ operation }) => operation ?? []));

  expect([...used].toSorted()).toEqual(operations.toSorted());
  expect(confirmPolicy.Statement.flatMap(({ Action }) => Action).toSorted()).toEqual(permissions);
  expect(permissions).toEqual([...new Set(operations.map(permissionOf))].toSorted());
});

test('API Gateway is read without its API keys, whose values GET returns too', () => {
  const [, gateway] = confirmPolicy.Statement;
  const paths = operations
    .filter((one) => permissionOf(one) === 'apigateway:GET')
    .map((one) => restPaths[one]?.replace('/v2', '').replace('{Id}', '*'));

  expect([gateway?.Action].flat()).toEqual(['apigateway:GET']);
  expect(gateway?.Resource).toEqual(paths.map((path) => `arn:aws:apigateway:*::${path}`));
});

test('nothing but the one client calls AWS from this room', () => {
  const room = join(import.meta.dirname, '..', '..', 'src', 'confirm');
  const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const callers = files.filter((file) =>
    /@aws-sdk\/client|@smithy|node:https?'|undici/.test(readFileSync(join(room, file), 'utf8')),
  );

  expect(callers).toEqual(['client.ts']);
});
