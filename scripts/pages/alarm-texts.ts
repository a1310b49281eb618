/** The text for people whom an alarm has sent to the runbook. */
export interface AlarmText {
  readonly means: string;
  /**
   * Each command with the meaning of its output. `hokusai-synthetics-development` stands for the environment's
   * function.
   */
  readonly steps: readonly (readonly [command: string, tells: string])[];
  readonly next: string;
}

const log = 'aws logs tail /aws/lambda/hokusai-synthetics-development --since 15m';
/** Asynchronous, because the function may be busy with a long cycle. The result is in the log. */
const invoke =
  "aws lambda invoke --function-name hokusai-synthetics-development --invocation-type Event --cli-binary-format raw-in-base64-out --payload '{}' /dev/null";
const check = 'npx node dist/cli.js check';

/** Keyed by the anchor at the end of the alarm's description. */
export const alarmTexts: Readonly<Record<string, AlarmText>> = {
  'registration-broken': {
    means:
      'The model-registration flow failed in two of three cycles. Users cannot register models, or cannot finish it. The function’s message, the dashboard’s first row and the log name the step, the failure mode and the hypotheses.',
    steps: [
      [log, 'one line per cycle: its verdict, the number of failing targets, and the cause'],
      [
        check,
        'the same check from your machine: if it passes here, look at what lies between the function and the platform',
      ],
    ],
    next: 'Continue with the chapter of the hypothesis below; if several are tied, their commands decide. Without a hypothesis, continue with the failure mode of the first failing step.',
  },
  'platform-down': {
    means:
      'The registry and the auth service, which is the control, fail in the same cycles. They have different load balancers, so the cause is something that they share. Meanwhile, the alarms about single hosts and the flow stay silent.',
    steps: [
      ['dig +short registry.hokus.ai auth.hokus.ai', 'no output: the zone in Route 53 or its delegation is broken'],
      [
        'aws health describe-events --filter eventStatusCodes=open,services=EC2,ELASTICLOADBALANCING,ROUTE53 --region us-east-1',
        'an event of the region (needs a support plan; without one, see status.aws.amazon.com)',
      ],
      [check, 'if it passes from here, the prober’s own network is broken, not the platform'],
    ],
    next: 'Continue with the failure mode that all hosts have in common.',
  },
  'host-unavailable': {
    means:
      'On one host of the platform, the share of requests that pass is below HostShare. The DNS name, the certificate and the redirect from port 80 count only while they fail, because a host that serves nothing can still have them. The alarms named after the hosts show which host it is; they send no messages of their own.',
    steps: [
      [
        'aws cloudwatch describe-alarms --alarm-name-prefix hokusai-synthetics-development --state-value ALARM --query "MetricAlarms[].AlarmName"',
        'the hosts in question',
      ],
      [`${check} --target registry`, 'each request to the registry with its response; for another host, use its name'],
    ],
    next: 'Continue with the hypothesis, or with the failure mode that most of the host’s targets have in common.',
  },
  'registration-slow': {
    means:
      'For half an hour every flow passed, but the slowest in twenty took longer than RegistrationSlowMs. The threshold is fixed, because people wait in seconds, whatever was usual before.',
    steps: [
      [`${check} --target registration`, 'each step with its time: the slow step points to the hop'],
      [
        'aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name DatabaseConnections --dimensions Name=DBInstanceIdentifier,Value=hokusai-mlflow-development --statistics Maximum --period 60 --start-time "$(date -u -d -1hour +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"',
        'if the number is at its limit, see database-pool-exhausted below',
      ],
    ],
    next: 'Slow uploads point to the artifact store, slow searches to the database. If everything is slow, look at MLflow’s tasks.',
  },
  'certificate-expiring': {
    means:
      'The platform’s first certificate expires in fewer than CertificateDays days. ACM renews 60 days ahead, so it has tried and failed for weeks.',
    steps: [
      [
        `${check} --target registry.certificate`,
        'its names and its validity; do the same for api, mlflow, platform and auth',
      ],
      [
        'aws acm list-certificates --query "CertificateSummaryList[].[DomainName,NotAfter,RenewalEligibility]"',
        'the certificate; describe-certificate shows its RenewalSummary',
      ],
    ],
    next: 'Restore the CNAME that validates it, or attach the renewed certificate to the listener.',
  },
  'heartbeat-missing': {
    means: 'Three times in a row, no cycle has ended. The other alarms show their last known state.',
    steps: [
      [log, 'if there are errors, continue with function-errors; if there is no output, the function is not invoked'],
      [
        'aws scheduler get-schedule --name hokusai-synthetics-development --query "[State,ScheduleExpression]"',
        'DISABLED: someone has switched the schedule off (ScheduleState)',
      ],
      [
        invoke,
        'runs a cycle; if the log then has a verdict, the function works: look at the schedule and at dead-letters',
      ],
      [
        'aws lambda get-function-concurrency --function-name hokusai-synthetics-development',
        '0: someone has stopped the function',
      ],
    ],
    next: 'A configuration whose environment or namespace differs from the template’s looks like this, too: the cycles end, but their metrics have another name.',
  },
  'function-errors': {
    means:
      'The prober itself fails; a failing platform is a result, not an error. The log and the metrics have everything that it had found by then.',
    steps: [
      [`${log} --filter-pattern ERROR`, 'the reason, in a sentence'],
      [invoke, 'runs a cycle; a minute later, the log has the reason again, if it still fails'],
    ],
    next: 'If the configuration is wrong, fix it and check it with `validate --config`. If the key is missing, check the secret, its field and its KMS key. With AccessDenied, the configuration names something that the role may not use. With “did not answer” or “out of reach”, look at the AWS Health Dashboard and at the function’s way to that service; the metrics were published all the same. With “time ran out”, the error names the step that hung.',
  },
  'dead-letters': {
    means:
      'The queue holds invocations that failed (with the error) or never reached the function (throttled for a minute, or not permitted to the schedule).',
    steps: [
      [
        'aws sqs receive-message --queue-url "$(aws cloudformation describe-stacks --stack-name hokusai-synthetics --query "Stacks[0].Outputs[?OutputKey==\'DeadLetterQueue\'].OutputValue" --output text)" --max-number-of-messages 10 --message-attribute-names All',
        'requestContext.condition: RetriesExhausted means an error of the function, EventAgeExceeded a throttled invocation; ERROR_CODE and ERROR_MESSAGE come from the schedule',
      ],
    ],
    next: 'Do not replay anything: a later cycle says more than an old one. The alarm ends when no more messages arrive. The queue keeps them for a day.',
  },
  'monitor-blind': {
    means:
      'In three of five cycles, ten targets or more had no result. That says something about the prober, not about the platform.',
    steps: [
      [log, 'deadline-exceeded: cycles run out of time; probe-error: a defect of the prober'],
      [invoke, 'runs a cycle; its line in the log lists the targets that are inconclusive now'],
    ],
    next: 'If cycles run out of time because the platform hangs, other alarms say so. Otherwise give the function more memory (MemoryMb) or fewer targets, or repair its way out. Without external.control, a prober without a way out and a platform that is completely unreachable look the same from here, so check the platform from another place, too.',
  },
  'messages-not-sent': {
    means:
      'SNS or a webhook did not accept messages about incidents, or DynamoDB did not store the open incidents. The messages are kept and tried again in each cycle. CloudWatch sends this alarm with its own permission, so it can arrive where the function’s messages do not.',
    steps: [
      [`${log} --filter-pattern incidents`, 'the channel, and its response'],
      [
        'aws dynamodb describe-table --table-name "$(aws cloudformation describe-stacks --stack-name hokusai-synthetics --query "Stacks[0].Outputs[?OutputKey==\'StateTable\'].OutputValue" --output text)" --query Table.TableStatus',
        'ACTIVE, or the reason why nothing is stored',
      ],
    ],
    next: 'Until it works, the dashboard and `check` show what is broken.',
  },
  'left-overs': {
    means:
      'Five flows in a row could not delete everything that they had created; at one a minute, that fills the registry. This is rare, because the flow creates nothing once it sees that deletion does not work.',
    steps: [
      [`${log} --filter-pattern behind`, 'each object by its full name, and why it could not be deleted'],
      [
        'npx node dist/cli.js sweep --all --dry-run',
        'everything that is left, including objects of a flow that is running now; plain sweep deletes what is older than an hour',
      ],
    ],
    next: 'Set registration.enabled to false until DELETE requests reach MLflow again (registration.cleanupThrough), then sweep.',
  },
  'vpc-heartbeat-missing': {
    means: 'Three times in a row, no cycle inside the VPC has ended. The prober outside continues.',
    steps: [
      [
        'aws logs tail /aws/lambda/hokusai-synthetics-development-vpc --since 15m',
        'time-outs to AWS: the function has no way out',
      ],
    ],
    next: 'Its subnets need a NAT gateway, or endpoints of CloudWatch (monitoring), SNS and DynamoDB that let its security group in.',
  },
  'vpc-function-errors': {
    means: 'The prober inside the VPC itself fails. The prober outside continues.',
    steps: [
      [
        'aws logs tail /aws/lambda/hokusai-synthetics-development-vpc --since 15m --filter-pattern ERROR',
        'the reason, in a sentence',
      ],
    ],
    next: 'If a service of AWS does not respond, the subnets need a NAT gateway or an endpoint of that service. If the configuration is wrong, see VpcMlflowUrl and VpcConfigurationParameter.',
  },
  'vpc-monitor-blind': {
    means:
      'In three of five cycles, MLflow had no result from inside the VPC. That says something about the prober there, not about MLflow.',
    steps: [
      [
        'aws logs tail /aws/lambda/hokusai-synthetics-development-vpc --since 15m',
        'deadline-exceeded: cycles run out of time; probe-error: a defect of the prober',
      ],
    ],
    next: 'Check the function’s subnets, its security group and the VPC’s DNS.',
  },
  'vpc-mlflow-unavailable': {
    means: 'MLflow does not answer by its internal name from inside the VPC, in two of three cycles.',
    steps: [
      [
        'aws logs tail /aws/lambda/hokusai-synthetics-development-vpc --since 15m',
        'dns-…: see service-discovery-broken; connect-…: MLflow’s tasks or their security group',
      ],
      ['aws servicediscovery list-services --query "Services[].Name"', 'mlflow should be among them'],
    ],
    next: 'If registration still works, the API uses a different name or address.',
  },
};
