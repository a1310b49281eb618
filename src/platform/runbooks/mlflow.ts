import type { Confirmation, Runbook } from '../../model/runbook.ts';
import { securityGroups, zoneId } from './arn.ts';

const mlflowService: Confirmation = {
  command:
    'aws ecs describe-services --cluster hokusai-development --services hokusai-mlflow-development --query "services[].[desiredCount,runningCount,events[:5]]"',
  ifTrue: 'fewer tasks run than desired, or they keep restarting',
  ifFalse: 'as many run as desired',
};

const mlflowLog = (what: string): Confirmation => ({
  command: 'aws logs tail /ecs/hokusai-mlflow-development --since 30m',
  ifTrue: what,
  ifFalse: 'requests are served',
});

const database: Confirmation = {
  command:
    'aws rds describe-db-instances --db-instance-identifier hokusai-mlflow-development --query "DBInstances[].[DBInstanceStatus,Endpoint.Address]"',
  ifTrue: 'not available, or at another address',
  ifFalse: 'available',
};

export const mlflowRunbooks = {
  'proxy-routes-missing': {
    title: 'The deployed API has no routes of the MLflow proxy.',
    headline: 'API has no MLflow routes',
    documents: ['A3', 'B2'],
    confirm: [
      {
        command: "curl -s https://registry.hokus.ai/openapi.json | jq '.paths | keys[]' | grep mlflow",
        ifTrue: 'no route of the proxy',
        ifFalse: '/api/mlflow/{path}',
      },
      {
        command:
          'aws ecs describe-services --cluster hokusai-development --services hokusai-api-development --query "services[].deployments[].[createdAt,taskDefinition]"',
        ifTrue: 'a deployment shortly before the first failure',
        ifFalse: 'none since it last worked',
      },
    ],
    remedy: 'Deploy the version of the API that has the proxy.',
  },
  'service-discovery-broken': {
    title: 'The API does not find MLflow: its internal name does not resolve, or leads to an old address.',
    headline: 'API cannot find MLflow',
    documents: ['E1', 'E3', 'E7', 'A'],
    confirm: [
      {
        command:
          'aws servicediscovery list-instances --service-id "$(aws servicediscovery list-services --query "Services[?Name==\'mlflow\'].Id" --output text)"',
        ifTrue: 'no instance, or one with an old address',
        ifFalse: "the running task's address",
      },
      {
        command: `aws route53 list-resource-record-sets --hosted-zone-id ${zoneId('hokusai.local')}`,
        ifTrue: 'no record for mlflow, or an old address',
        ifFalse: 'a record for mlflow',
      },
    ],
    remedy: 'Register MLflow in service discovery again: redeploy it.',
  },
  'mlflow-unreachable-from-api': {
    title: 'The API asks MLflow at an address where nothing answers it.',
    headline: 'API cannot reach MLflow',
    documents: ['D4', 'E3'],
    confirm: [
      {
        command:
          'aws ecs describe-task-definition --task-definition hokusai-api-development --query "taskDefinition.containerDefinitions[].environment[?name==\'MLFLOW_TRACKING_URI\']"',
        ifTrue: 'a fixed address that no task has',
        ifFalse: 'the name in service discovery',
      },
      {
        command: securityGroups,
        ifTrue: "no rule for the API's tasks on 5000",
        ifFalse: 'a rule for them',
      },
    ],
    remedy: "Set MLFLOW_TRACKING_URI to the name in service discovery; allow the API's tasks.",
  },
  'circuit-breaker-open': {
    title: "The API's circuit breaker for MLflow is open, though MLflow answers.",
    headline: 'circuit breaker is open',
    documents: ['E6'],
    confirm: [
      {
        command: 'aws logs filter-log-events --log-group-name /ecs/hokusai-api-development --filter-pattern "circuit"',
        ifTrue: 'the breaker opened and did not close',
        ifFalse: 'no breaker',
      },
    ],
    remedy: "Restart the API's tasks to close it, then find out why it stayed open.",
  },
  'mlflow-service-unhealthy': {
    title: 'MLflow does not run, or does not answer.',
    headline: 'MLflow is down',
    part: { title: 'MLflow does not answer some requests', headline: 'part of MLflow is down' },
    documents: ['A2', 'B'],
    confirm: [mlflowService, mlflowLog('a start that fails, or nothing at all')],
    remedy: 'Roll MLflow back to the last working task definition; check its memory and database.',
  },
  'mlflow-auth-rejecting-all': {
    title: 'MLflow itself asks for a user and password that nobody has.',
    headline: 'MLflow asks for a password',
    documents: ['A'],
    confirm: [
      {
        command:
          'aws ecs describe-task-definition --task-definition hokusai-mlflow-development --query "taskDefinition.containerDefinitions[].command"',
        ifTrue: '--app-name basic-auth',
        ifFalse: 'no app',
      },
    ],
    remedy: 'Start MLflow without its own user check: the API checks keys.',
  },
  'mlflow-wrong-database': {
    title: 'MLflow runs on another database than before, or on one without its tables.',
    headline: 'MLflow has a wrong database',
    documents: ['A'],
    confirm: [
      {
        command:
          'aws ecs describe-task-definition --task-definition hokusai-mlflow-development --query "taskDefinition.containerDefinitions[].[command,environment]"',
        ifTrue: 'another backend store than before the deployment',
        ifFalse: 'the same as before',
      },
      mlflowLog('relation … does not exist'),
    ],
    remedy: 'Restore the backend store URI; run mlflow db upgrade if the tables are old.',
  },
  'database-unreachable': {
    title: 'MLflow does not reach its database.',
    headline: 'MLflow cannot reach database',
    documents: ['E2'],
    confirm: [database, mlflowLog('could not connect to server; server_login_retry: see the log of PgBouncer')],
    remedy: 'Start the database, or allow MLflow in its security group.',
  },
  'database-auth-failing': {
    title: 'The database refuses the login of MLflow.',
    headline: 'database refuses the login',
    documents: ['E2'],
    confirm: [
      {
        command: `aws secretsmanager list-secrets --query "SecretList[?contains(Name, 'mlflow')].[Name,LastChangedDate]"`,
        ifTrue: 'rotated after the tasks started',
        ifFalse: 'unchanged since they started',
      },
      mlflowLog(
        'password authentication failed, or no pg_hba.conf entry; server_login_retry: see the log of PgBouncer',
      ),
    ],
    remedy:
      'If the secret was rotated, restart the MLflow tasks to read it. Otherwise check the user name (mlflow, not postgres), and which hosts the database lets in.',
  },
  'database-pool-exhausted': {
    title: 'The database has no connection left for MLflow.',
    headline: 'database connections used up',
    documents: ['B'],
    confirm: [
      {
        command:
          'aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name DatabaseConnections --dimensions Name=DBInstanceIdentifier,Value=hokusai-mlflow-development --statistics Maximum --period 60 --start-time "$(date -u -d -1hour +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"',
        ifTrue: 'at its limit',
        ifFalse: 'far below: see the log of the pooler, if there is one',
      },
      mlflowLog('QueuePool limit, too many clients, or query_wait_timeout'),
    ],
    remedy: 'Find what holds the connections; use fewer workers or a larger limit.',
  },
  'database-read-only': {
    title: 'The database takes no writes, as after a failover.',
    headline: 'database takes no writes',
    documents: [],
    confirm: [
      {
        command: 'aws rds describe-events --source-type db-instance --duration 120',
        ifTrue: 'a failover, or full storage',
        ifFalse: 'nothing recent',
      },
    ],
    remedy: 'Point MLflow to the writer; restart its tasks after a failover.',
  },
  'artifact-store-failing': {
    title: 'MLflow does not get at its artifact store.',
    headline: 'artifact store fails',
    documents: ['C'],
    confirm: [
      {
        command:
          'aws iam simulate-principal-policy --policy-source-arn "$(aws ecs describe-task-definition --task-definition hokusai-mlflow-development --query taskDefinition.taskRoleArn --output text)" --action-names s3:GetObject s3:PutObject s3:DeleteObject --query "EvaluationResults[].[EvalActionName,EvalDecision]"',
        ifTrue: 'the task role is denied',
        ifFalse: 'the role may read, write and delete: check the bucket, its policy and the way to it',
      },
      mlflowLog('AccessDenied, NoSuchBucket, or time-outs and retries of the store'),
    ],
    remedy:
      "Restore the bucket's policy or the task role's permissions. If the store does not answer, restore the way to it: endpoint, routes, security group.",
  },
} as const satisfies Record<string, Runbook>;
