import type { Confirmation, Runbook } from '../../model/runbook.ts';

const accessLog: Confirmation = {
  command:
    'aws logs filter-log-events --log-group-name /ecs/hokusai-api-development --filter-pattern "?401 ?403 ?authorization"',
  ifTrue: 'the request had its key and was refused upstream',
  ifFalse: 'the key was accepted, or none came',
};

export const keyRunbooks = {
  'api-key-rejected': {
    title: 'The key is not valid any more.',
    headline: 'key is not valid any more',
    documents: ['B4'],
    confirm: [
      {
        command: 'curl -si https://auth.hokus.ai/api/validate -H "X-API-Key: $HOKUSAI_API_KEY"',
        ifTrue: '401, with the reason: expired, revoked or unknown',
        ifFalse: '200',
      },
    ],
    remedy: "Issue a new key for the prober; check whether users' keys are affected.",
  },
  'auth-service-unavailable': {
    title: 'The API gets no usable response from the auth service in time, so keys are not checked.',
    headline: 'auth service is down or slow',
    part: { title: 'The auth service does not answer some requests', headline: 'part of auth service is down' },
    documents: ['B4', 'E4'],
    confirm: [
      {
        command:
          'aws ecs describe-services --cluster hokusai-development --services hokusai-auth-development --query "services[].[desiredCount,runningCount,events[:5]]"',
        ifTrue: 'fewer tasks run than desired',
        ifFalse: 'as many as desired: check the path from the API to it',
      },
      {
        command: 'aws logs tail /ecs/hokusai-auth-development --since 30m',
        ifTrue: 'no requests, or errors',
        ifFalse: 'requests are served',
      },
    ],
    remedy:
      'If the auth service has stopped, restart it and find out why. If it works, mend the way from the API to it.',
  },
  'api-gateway-auth': {
    title: 'Keys are recognised and never validated: the authorizer is misconfigured.',
    headline: 'keys are never validated',
    documents: ['E4'],
    confirm: [
      {
        command:
          "for id in $(aws apigateway get-rest-apis --query 'items[].id' --output text); do aws apigateway get-authorizers --rest-api-id $id; done; aws logs tail /ecs/hokusai-auth-development --since 30m",
        ifTrue: 'the authorizer fails or requests no validation',
        ifFalse: 'validations are requested and answered',
      },
      accessLog,
    ],
    remedy: "Restore the authorizer's configuration.",
  },
  'proxy-drops-auth-headers': {
    title: 'A proxy or a balancer removes the key: what is behind it sees none.',
    headline: 'proxy removes the key',
    documents: ['B1'],
    confirm: [
      {
        command: 'aws logs filter-log-events --log-group-name /ecs/hokusai-mlflow-development --filter-pattern "401"',
        ifTrue: 'requests arrive without Authorization and X-API-Key',
        ifFalse: 'requests arrive with the key, or do not arrive',
      },
      accessLog,
    ],
    remedy: 'Pass Authorization and X-API-Key on in the API’s proxy and in the balancers before it.',
  },
  'auth-flow-regression': {
    title: 'The API reads a key in one form only, or not at all, since a deployment.',
    headline: 'API does not read the key',
    documents: ['B3'],
    confirm: [
      {
        command:
          'aws ecs describe-services --cluster hokusai-development --services hokusai-api-development --query "services[].deployments[].[createdAt,taskDefinition]"',
        ifTrue: 'a deployment shortly before the first failure',
        ifFalse: 'none since it last worked',
      },
      accessLog,
    ],
    remedy: 'Roll the API back; test both forms of the key before the next deployment.',
  },
  'write-scope-missing': {
    title: 'The key lacks a scope: it may not write.',
    headline: 'key may not write',
    documents: ['B'],
    confirm: [
      {
        command: 'curl -s https://auth.hokus.ai/api/validate -H "X-API-Key: $HOKUSAI_API_KEY" | jq .scopes',
        ifTrue: 'no scope to write (mlflow:write, model:write, registry:admin)',
        ifFalse: 'the scope is there',
      },
    ],
    remedy: 'Give the key the missing scope.',
  },
  'rate-limited': {
    title: 'A rate limit refuses requests.',
    headline: 'a rate limit refuses requests',
    documents: ['B'],
    confirm: [
      {
        command: 'aws logs filter-log-events --log-group-name /ecs/hokusai-api-development --filter-pattern "429"',
        ifTrue: 'many requests with this key',
        ifFalse: 'none: something in front of the API limits, such as a rule of the firewall',
      },
    ],
    remedy: 'Find out which limit it is and what uses it up; give the prober a key of its own, or raise the limit.',
  },
} as const satisfies Record<string, Runbook>;
