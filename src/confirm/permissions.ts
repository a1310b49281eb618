import { operations, permissionOf } from './operations.ts';

/** Every permission that a confirmation needs. */
export const permissions: readonly string[] = [...new Set(operations.map(permissionOf))].toSorted();

/** Those of the function, which asks about no changes: CloudTrail allows two calls a second, for a whole account. */
export const permissionsOfFunction: readonly string[] = permissions.filter(
  (one) => !/^cloud(?:formation|trail):/.test(one),
);

/** Resources of API Gateway that are read. Never its API keys, whose values GET returns too. */
export const gatewayResources = [
  '/domainnames/*/apimappings',
  '/apis/*/routes',
  '/apis/*/authorizers',
  '/restapis/*/resources',
  '/restapis/*/authorizers',
] as const;
