import * as v from 'valibot';
import { key, matching, text } from './value.ts';

/** AWS allows shorter names for most resources. */
const name = text(512);

const perService = v.strictObject({
  api: key(name, 'The API.'),
  mlflow: key(name, 'MLflow.'),
  auth: key(name, 'The auth service.'),
});

export const confirm = v.strictObject({
  region: key(matching(/^[a-z]{2}(-[a-z]{2,12}){1,2}-[0-9]$/, 'aws-region'), 'AWS region. Default: us-east-1.'),
  cluster: key(name, 'ECS cluster. Default: hokusai-development.'),
  services: key(perService, 'ECS services. Default: hokusai-api-development and alike.'),
  balancers: key(
    v.strictObject({
      registry: key(name, 'Of the registry.'),
      api: key(name, 'Of the API.'),
      mlflow: key(name, "Of MLflow's own host."),
      platform: key(name, "Of the platform's pages."),
      auth: key(name, 'Of the auth service.'),
    }),
    "Application load balancers by host. A balancer's name in the host's CNAME chain goes first.",
  ),
  database: key(name, "RDS instance of MLflow's database. Default: hokusai-mlflow-development."),
  gateway: key(
    matching(/^[a-z0-9]{1,64}$/, 'gateway-id'),
    "Id of the API in API Gateway, HTTP or REST. Default: the one that has the host's name as its custom domain.",
  ),
  stacks: key(
    v.pipe(v.array(name), v.nonEmpty(), v.maxLength(4)),
    'Stacks of CloudFormation whose changes are shown. Default: those that own the service and the balancer.',
  ),
  logs: key(perService, 'Log groups. Default: /ecs/hokusai-api-development and alike.'),
});
