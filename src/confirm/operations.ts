/** How a service speaks. */
type Protocol =
  | { readonly kind: 'query'; readonly version: string }
  | { readonly kind: 'json'; readonly prefix: string; readonly version: '1.0' | '1.1' }
  | { readonly kind: 'rest-xml' }
  | { readonly kind: 'rest-json' };

export interface Service {
  /** The name in signatures. */
  readonly signs: string;
  /** Its host, if that is not `SIGNS.{region}.amazonaws.com`. */
  readonly host?: string;
  /** The region in signatures, for a service that is in one place. */
  readonly region?: string;
  readonly protocol: Protocol;
}

/** Names, versions and hosts from the services' API references. */
export const services = {
  elasticloadbalancing: {
    signs: 'elasticloadbalancing',
    protocol: { kind: 'query', version: '2015-12-01' },
  },
  ec2: { signs: 'ec2', protocol: { kind: 'query', version: '2016-11-15' } },
  rds: { signs: 'rds', protocol: { kind: 'query', version: '2014-10-31' } },
  cloudwatch: {
    signs: 'monitoring',
    protocol: { kind: 'query', version: '2010-08-01' },
  },
  ecs: {
    signs: 'ecs',
    protocol: { kind: 'json', prefix: 'AmazonEC2ContainerServiceV20141113', version: '1.1' },
  },
  acm: {
    signs: 'acm',
    protocol: { kind: 'json', prefix: 'CertificateManager', version: '1.1' },
  },
  servicediscovery: {
    signs: 'servicediscovery',
    protocol: { kind: 'json', prefix: 'Route53AutoNaming_v20170314', version: '1.1' },
  },
  secretsmanager: {
    signs: 'secretsmanager',
    protocol: { kind: 'json', prefix: 'secretsmanager', version: '1.1' },
  },
  logs: {
    signs: 'logs',
    protocol: { kind: 'json', prefix: 'Logs_20140328', version: '1.1' },
  },
  elasticache: {
    signs: 'elasticache',
    protocol: { kind: 'query', version: '2015-02-02' },
  },
  ecr: {
    signs: 'ecr',
    host: 'api.ecr.{region}.amazonaws.com',
    protocol: { kind: 'json', prefix: 'AmazonEC2ContainerRegistry_V20150921', version: '1.1' },
  },
  apigateway: { signs: 'apigateway', protocol: { kind: 'rest-json' } },
  apigatewayv2: { signs: 'apigateway', protocol: { kind: 'rest-json' } },
  route53: {
    signs: 'route53',
    host: 'route53.amazonaws.com',
    region: 'us-east-1',
    protocol: { kind: 'rest-xml' },
  },
} as const satisfies Readonly<Record<string, Service>>;

export type ServiceName = keyof typeof services;

/**
 * Every call that a confirmation may make, by the IAM action that allows it, except for API Gateway. All only read, and none returns the value
 * of a secret or parameter store: test/confirm/operations.test.ts.
 */
export const operations = [
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeListenerCertificates',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'ecs:DescribeServices',
  'ecs:ListTasks',
  'ecs:DescribeTasks',
  'ecs:DescribeTaskDefinition',
  'ecr:DescribeImages',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeNetworkAcls',
  'ec2:GetManagedPrefixListEntries',
  'route53:ListHostedZonesByName',
  'route53:ListResourceRecordSets',
  'route53:GetHostedZone',
  'servicediscovery:ListInstances',
  'acm:DescribeCertificate',
  'rds:DescribeDBInstances',
  'rds:DescribeEvents',
  'rds:DescribeDBParameters',
  'elasticache:DescribeCacheClusters',
  'elasticache:DescribeReplicationGroups',
  'elasticache:DescribeCacheSubnetGroups',
  'cloudwatch:GetMetricStatistics',
  'secretsmanager:DescribeSecret',
  'logs:FilterLogEvents',
  'apigatewayv2:GetApiMappings',
  'apigatewayv2:GetRoutes',
  'apigatewayv2:GetAuthorizers',
  'apigateway:GetResources',
  'apigateway:GetAuthorizers',
] as const satisfies readonly `${ServiceName}:${string}`[];

export type Operation = (typeof operations)[number];

export const serviceOf = (operation: Operation): ServiceName => {
  const [name = ''] = operation.split(':');
  return name as ServiceName;
};

export const actionOf = (operation: Operation): string => operation.slice(operation.indexOf(':') + 1);

/** The IAM action that allows a call. API Gateway names its actions by the HTTP method. */
export const permissionOf = (operation: Operation): string =>
  serviceOf(operation).startsWith('apigateway') ? 'apigateway:GET' : operation;

/** Every permission that a confirmation needs. */
export const permissions: readonly string[] = [...new Set(operations.map(permissionOf))].toSorted();

/** Resources of API Gateway that are read. Never its API keys, whose values GET returns too. */
export const gatewayResources = [
  '/domainnames/*/apimappings',
  '/apis/*/routes',
  '/apis/*/authorizers',
  '/restapis/*/resources',
  '/restapis/*/authorizers',
] as const;

/** The paths of calls by GET; the other services have none. */
export const restPaths: Readonly<Partial<Record<Operation, string>>> = {
  'route53:ListHostedZonesByName': '/2013-04-01/hostedzonesbyname',
  'route53:ListResourceRecordSets': '/2013-04-01/hostedzone/{Id}/rrset',
  'route53:GetHostedZone': '/2013-04-01/hostedzone/{Id}',
  'apigatewayv2:GetApiMappings': '/v2/domainnames/{Id}/apimappings',
  'apigatewayv2:GetRoutes': '/v2/apis/{Id}/routes',
  'apigatewayv2:GetAuthorizers': '/v2/apis/{Id}/authorizers',
  'apigateway:GetResources': '/restapis/{Id}/resources',
  'apigateway:GetAuthorizers': '/restapis/{Id}/authorizers',
};
