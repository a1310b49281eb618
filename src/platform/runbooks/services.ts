import type { Confirmation, Runbook } from '../../model/runbook.ts';
import { balancerArn, targetHealth } from './arn.ts';

const service = (name: string): Confirmation => ({
  command: `aws ecs describe-services --cluster hokusai-development --services hokusai-${name}-development --query "services[].[desiredCount,runningCount,events[:5]]"`,
  ifTrue: 'fewer tasks run than desired, or they keep restarting',
  ifFalse: 'as many run as desired, without recent events',
});

export const serviceRunbooks = {
  'api-service-unhealthy': {
    title: 'The API does not run, or does not answer.',
    headline: 'API is down',
    part: { title: 'The API does not answer some requests', headline: 'part of the API is down' },
    documents: ['D', 'A'],
    confirm: [
      service('api'),
      {
        command: 'aws logs tail /ecs/hokusai-api-development --since 30m',
        ifTrue: 'a start that fails, or nothing at all',
        ifFalse: 'requests are served',
      },
    ],
    remedy: 'Roll the API back to the last working task definition.',
  },
  'health-check-mismatch': {
    title: "The balancer's health check takes tasks out that work, or the health route reports a dependency.",
    headline: 'health check takes tasks out',
    documents: ['D2', 'D3', 'E5'],
    confirm: [
      {
        command: targetHealth,
        ifTrue: 'Target.ResponseCodeMismatch or Target.FailedHealthChecks on working tasks',
        ifFalse: 'healthy',
      },
      {
        command: `aws elbv2 describe-target-groups --load-balancer-arn ${balancerArn} --query "TargetGroups[].[TargetGroupName,HealthCheckPath,Matcher]"`,
        ifTrue: 'a path that the application does not serve',
        ifFalse: '/health/alb, 200',
      },
    ],
    remedy: "Set the target group's health check to a path that the application serves without dependencies.",
    reported: {
      title: 'The health route reports a dependency, or does not report health; the tasks answer.',
      headline: 'health route reports a fault',
      confirm: [
        {
          command: 'curl -s https://<host>/health',
          ifTrue: 'it names what is unhealthy: check that',
          ifFalse: 'all is healthy',
        },
        {
          command: targetHealth,
          ifTrue: "healthy: the target group's check does not use this route",
          ifFalse: 'working tasks are out: set its path to one without dependencies',
        },
      ],
      remedy: 'Restore the dependency that the health route names.',
    },
  },
  'backend-tls-mismatch': {
    title: 'The balancer speaks TLS to a target that does not, or the other way round.',
    headline: 'TLS to the tasks is wrong',
    documents: ['B'],
    confirm: [
      {
        command: 'aws elbv2 describe-target-groups --query "TargetGroups[].[TargetGroupName,Protocol,Port]"',
        ifTrue: 'HTTPS to tasks that speak plain HTTP',
        ifFalse: 'HTTP',
      },
    ],
    remedy: "Set the target group's protocol to what the tasks speak.",
  },
  'env-vars-missing': {
    title: 'A variable or secret is missing in the task definition: some function of the application fails.',
    headline: 'a variable is missing',
    documents: ['A', 'B5', 'D7'],
    confirm: [
      {
        command:
          'aws ecs describe-task-definition --task-definition hokusai-api-development --query "taskDefinition.containerDefinitions[].[environment[].name,secrets[].name]"',
        ifTrue: 'a name is missing (MLFLOW_TRACKING_URI, REDIS_URL, DB_PASSWORD …)',
        ifFalse: 'all are there',
      },
      {
        command:
          'aws logs filter-log-events --log-group-name /ecs/hokusai-api-development --filter-pattern "?KeyError ?Missing ?environment"',
        ifTrue: 'the variable is named',
        ifFalse: 'nothing',
      },
    ],
    remedy: 'Add the variable to the task definition and deploy it.',
  },
  'redis-unreachable': {
    title: 'The API cannot use Redis, where it caches checked keys.',
    headline: 'API cannot use Redis',
    documents: ['C'],
    confirm: [
      {
        command:
          'aws elasticache describe-cache-clusters --show-cache-node-info --query "CacheClusters[].[CacheClusterId,CacheClusterStatus]"',
        ifTrue: 'not available, or closed to the API by its security group',
        ifFalse: 'available: it may be full (maxclients, maxmemory)',
      },
      {
        command:
          'aws ecs describe-task-definition --task-definition hokusai-api-development --query "taskDefinition.containerDefinitions[].environment[?name==\'REDIS_URL\']"',
        ifTrue: 'another address',
        ifFalse: "the cluster's address",
      },
    ],
    remedy: 'Restore Redis or its security group. If it is full, close connections or free memory.',
  },
  'cors-misconfigured': {
    title: 'The API refuses browsers of the platform.',
    headline: 'API refuses browsers',
    documents: ['B'],
    confirm: [
      {
        command:
          'curl -si -X OPTIONS https://registry.hokus.ai/api/mlflow/ -H "Origin: https://platform.hokus.ai" -H "Access-Control-Request-Method: POST"',
        ifTrue: 'no access-control-allow-origin for this origin',
        ifFalse: 'the origin is allowed',
      },
    ],
    remedy: "Add the origin to the API's CORS settings.",
  },
} as const satisfies Record<string, Runbook>;
