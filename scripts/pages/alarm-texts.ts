/** What a person reads who was sent here by an alarm. */
export interface AlarmText {
  readonly means: string;
  /** Each with what its answer says. `hokusai-synthetics-development` stands for the function of the environment. */
  readonly steps: readonly (readonly [command: string, tells: string])[];
  readonly next: string;
}

const log = 'aws logs tail /aws/lambda/hokusai-synthetics-development --since 15m';
const invoke = 'aws lambda invoke --function-name hokusai-synthetics-development --cli-read-timeout 70 /dev/stdout';
const check = 'npx node dist/cli.js check';

/** By the anchor that ends the alarm's description. */
export const alarmTexts: Readonly<Record<string, AlarmText>> = {
  'registration-broken': {
    means:
      'The model-registration flow failed in two of three cycles. Users cannot register models, or not to the end. The message of the function, the dashboard’s first row and the log name the step, the failure mode and the hypotheses.',
    steps: [
      [log, 'the line of each cycle: its verdict, how many targets fail, and the cause'],
      [check, 'the same from your machine: when it passes here, look at what lies between'],
    ],
    next: 'Go on at the chapter of the hypothesis below; where several are tied, their commands decide. Without one, at the failure mode of the first step that fails.',
  },
  'platform-down': {
    means:
      'The registry and the auth service, which is the control, fail in the same cycles. They have different balancers, so it is something that they share. While it lasts, the alarms about single hosts and the flow keep silent.',
    steps: [
      ['dig +short registry.hokus.ai auth.hokus.ai', 'nothing: the zone in Route 53, or its delegation'],
      [
        'aws health describe-events --filter eventStatusCodes=open,services=EC2,ELASTICLOADBALANCING,ROUTE53 --region us-east-1',
        'an event of the region (needs a support plan; else status.aws.amazon.com)',
      ],
      [check, 'passes from here: the prober’s own network is broken, not the platform'],
    ],
    next: 'The failure mode that all hosts have in common says where to go on.',
  },
  'host-unavailable': {
    means:
      'On one host of the platform less than the configured share (HostShare) of what is asked passes. A name that resolves, a certificate that is valid and a redirect from port 80 do not count for a host that serves nothing; they count when they fail. The alarms named after the hosts say which; they tell nobody by themselves.',
    steps: [
      [
        'aws cloudwatch describe-alarms --alarm-name-prefix hokusai-synthetics-development --state-value ALARM --query "MetricAlarms[].AlarmName"',
        'which hosts',
      ],
      [`${check} --target registry`, 'each request to it, with its answer; or another host'],
    ],
    next: 'Go on at the hypothesis, or at the failure mode that most of its targets have in common.',
  },
  'registration-slow': {
    means:
      'For half an hour each flow passed, and the slowest in twenty took longer than RegistrationSlowMs. The bound is fixed, for people wait in seconds, whatever was usual before.',
    steps: [
      [`${check} --target registration`, 'each step with its time: the slow one names the hop'],
      [
        'aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name DatabaseConnections --dimensions Name=DBInstanceIdentifier,Value=hokusai-mlflow-development --statistics Maximum --period 60 --start-time "$(date -u -d -1hour +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"',
        'at its limit: database-pool-exhausted below',
      ],
    ],
    next: 'Slow uploads are the artifact store, slow searches the database; when all is slow, MLflow’s tasks.',
  },
  'certificate-expiring': {
    means:
      'The first certificate of the platform expires in fewer than CertificateDays days. ACM renews 60 days ahead: it has tried and failed for weeks.',
    steps: [
      [
        `${check} --target registry.certificate`,
        'its names and how long it is valid; so for api, mlflow, platform and auth',
      ],
      [
        'aws acm list-certificates --query "CertificateSummaryList[].[DomainName,NotAfter,RenewalEligibility]"',
        'the certificate; describe-certificate has its RenewalSummary',
      ],
    ],
    next: 'Restore the CNAME that validates it, or attach the renewed certificate to the listener.',
  },
  'heartbeat-missing': {
    means: 'No cycle ended three times in a row. What the other alarms show is what was last known.',
    steps: [
      [log, 'errors: go on at function-errors. Nothing at all: it is not invoked'],
      [
        'aws scheduler get-schedule --name hokusai-synthetics-development --query "[State,ScheduleExpression]"',
        'DISABLED: somebody switched it off (ScheduleState)',
      ],
      [invoke, 'a verdict: it works by hand, so look at the schedule and at dead-letters'],
      ['aws lambda get-function-concurrency --function-name hokusai-synthetics-development', '0: somebody stopped it'],
    ],
    next: 'A configuration with another environment or namespace than the template’s looks like this, too: the cycles end, and their metrics have another name.',
  },
  'function-errors': {
    means:
      'The monitor itself fails: a platform that fails is a result and no error. What it had found by then is in the log and the metrics.',
    steps: [
      [`${log} --filter-pattern ERROR`, 'the reason, as a sentence'],
      [invoke, 'the same reason, at once'],
    ],
    next: 'The configuration: fix it, `validate --config` checks it. The key: the secret, its field, its KMS key. AccessDenied: what the configuration names is outside of what the role may do. “did not answer”, “out of reach”: the AWS Health Dashboard, and the function’s way to that service; the metrics are out all the same. “time ran out”: the error names the step that hung.',
  },
  'dead-letters': {
    means:
      'The queue holds invocations that failed (with the error) or that never reached the function (throttled for a minute, or the schedule may not invoke it).',
    steps: [
      [
        'aws sqs receive-message --queue-url "$(aws cloudformation describe-stacks --stack-name hokusai-synthetics --query "Stacks[0].Outputs[?OutputKey==\'DeadLetterQueue\'].OutputValue" --output text)" --max-number-of-messages 10 --message-attribute-names All',
        'requestContext.condition: RetriesExhausted is an error of the function, EventAgeExceeded a throttled one; ERROR_CODE and ERROR_MESSAGE are the schedule’s',
      ],
    ],
    next: 'Nothing needs to be replayed: a later cycle says more than an old one. Purge the queue, or wait a day, and the alarm is over.',
  },
  'monitor-blind': {
    means:
      'Of ten targets or more nothing was known, in three of five cycles. That says something about the prober, not about the platform.',
    steps: [
      [log, 'deadline-exceeded: cycles run out of time; probe-error: a defect of the monitor'],
      [invoke, 'how many stay inconclusive now'],
    ],
    next: 'When cycles run out of time because the platform hangs, other alarms say so. Else: more memory (MemoryMb), fewer targets, or the function’s way out. Without external.control, a monitor without a way out and a platform that is unreachable as a whole look the same from here: ask the platform from elsewhere, too.',
  },
  'messages-not-sent': {
    means:
      'Messages about incidents were not taken by SNS or a webhook, or DynamoDB did not store what is open. They are kept and tried again each cycle. This alarm comes by CloudWatch’s own permission, so it arrives also where theirs do not.',
    steps: [
      [`${log} --filter-pattern incidents`, 'which channel, and what it answered'],
      [
        'aws dynamodb describe-table --table-name "$(aws cloudformation describe-stacks --stack-name hokusai-synthetics --query "Stacks[0].Outputs[?OutputKey==\'StateTable\'].OutputValue" --output text)" --query Table.TableStatus',
        'ACTIVE, or why nothing is stored',
      ],
    ],
    next: 'Until it works, the dashboard and `check` say what is open.',
  },
  'left-overs': {
    means:
      'Five flows in a row could not delete all that they had made: at one a minute that fills the registry. The flow stops making anything as soon as it sees that deleting does not work, so this is seldom.',
    steps: [
      [`${log} --filter-pattern behind`, 'what it was, by its full name, and why it could not be deleted'],
      [
        'npx node dist/cli.js sweep --all --dry-run',
        'all that is left, also by a flow that runs now; sweep alone deletes what is older than an hour',
      ],
    ],
    next: 'Set registration.enabled to false until DELETE requests reach MLflow again (registration.cleanupThrough), then sweep.',
  },
  'vpc-heartbeat-missing': {
    means: 'The probe inside the VPC ended no cycle three times in a row. The one outside goes on.',
    steps: [
      [
        'aws logs tail /aws/lambda/hokusai-synthetics-development-vpc --since 15m',
        'time-outs to AWS: it has no way out',
      ],
    ],
    next: 'Its subnets need a NAT gateway, or endpoints of CloudWatch (monitoring), SNS and DynamoDB that let its security group in.',
  },
  'vpc-mlflow-unavailable': {
    means: 'MLflow does not answer by its internal names from inside the VPC, in two of three cycles.',
    steps: [
      [
        'aws logs tail /aws/lambda/hokusai-synthetics-development-vpc --since 15m',
        'dns-…: service-discovery-broken. connect-…: its tasks, or their security group',
      ],
      ['aws servicediscovery list-services --query "Services[].Name"', 'whether mlflow is among them'],
    ],
    next: 'When registering works all the same, the API uses another name or address than these.',
  },
};
