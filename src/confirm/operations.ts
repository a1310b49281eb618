/** How a service speaks. */
type Protocol =
  | { readonly kind: 'query'; readonly version: string }
  /** Version 1.1 of AWS's JSON. */
  | { readonly kind: 'json'; readonly prefix: string }
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

const query = (signs: string, version: string): Service => ({ signs, protocol: { kind: 'query', version } });
const json = (signs: string, prefix: string): Service => ({ signs, protocol: { kind: 'json', prefix } });
const gateway: Service = { signs: 'apigateway', protocol: { kind: 'rest-json' } };

/** Names, versions and hosts from the services' API references. */
export const services = {
  elasticloadbalancing: query('elasticloadbalancing', '2015-12-01'),
  ec2: query('ec2', '2016-11-15'),
  rds: query('rds', '2014-10-31'),
  cloudwatch: query('monitoring', '2010-08-01'),
  elasticache: query('elasticache', '2015-02-02'),
  cloudformation: query('cloudformation', '2010-05-15'),
  ecs: json('ecs', 'AmazonEC2ContainerServiceV20141113'),
  acm: json('acm', 'CertificateManager'),
  servicediscovery: json('servicediscovery', 'Route53AutoNaming_v20170314'),
  secretsmanager: json('secretsmanager', 'secretsmanager'),
  logs: json('logs', 'Logs_20140328'),
  cloudtrail: json('cloudtrail', 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101'),
  ecr: {
    ...json('ecr', 'AmazonEC2ContainerRegistry_V20150921'),
    host: 'api.ecr.{region}.amazonaws.com',
  },
  apigateway: gateway,
  apigatewayv2: gateway,
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
  'cloudformation:DescribeStackResources',
  'cloudformation:DescribeStackEvents',
  'cloudtrail:LookupEvents',
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
