import type { Confirmation, Runbook } from '../../model/runbook.ts';
import { balancerArn, securityGroups, targetHealth, zoneId } from './arn.ts';

const rules = (what: string): Confirmation => ({
  command: `aws elbv2 describe-rules --listener-arn "$(aws elbv2 describe-listeners --load-balancer-arn ${balancerArn} --query 'Listeners[?Port==\`443\`].ListenerArn' --output text)"`,
  ifTrue: what,
  ifFalse: 'rules for the host and its paths forward to the right target group',
});

export const edgeRunbooks = {
  'dns-misconfigured': {
    title: 'The name of the host does not lead to its balancer.',
    headline: 'DNS record is wrong',
    documents: ['A4'],
    confirm: [
      {
        command: `aws route53 list-resource-record-sets --hosted-zone-id ${zoneId('hokus.ai')} --query "ResourceRecordSets[?contains(Name, 'hokus.ai')]"`,
        ifTrue: 'no record for the host, or a wrong one',
        ifFalse: "an alias to the host's balancer",
      },
      {
        command: 'dig +trace <host>',
        ifTrue: 'the chain breaks or ends elsewhere',
        ifFalse: "it ends at the balancer's name",
      },
    ],
    remedy: "Restore the alias to the host's balancer in Route 53.",
  },
  'tls-certificate-invalid': {
    title:
      'The certificate on the listener is not valid: expired, for another name, not trusted, or without its chain.',
    headline: 'certificate is not valid',
    documents: ['A', 'D', 'E8'],
    confirm: [
      {
        command:
          'aws acm list-certificates --query "CertificateSummaryList[].[DomainName,SubjectAlternativeNameSummaries,Status,NotAfter]"',
        ifTrue: 'expired, or without the host among its names',
        ifFalse: 'ISSUED, in its time, with the host among its names',
      },
      {
        command: 'openssl s_client -connect <host>:443 -servername <host> -showcerts </dev/null',
        ifTrue: 'another certificate than in ACM, or one without its intermediates',
        ifFalse: 'the certificate in ACM, and its chain',
      },
    ],
    remedy: 'Renew the certificate, or attach the right one to the listener, with its chain.',
    soon: {
      confirm: [
        {
          command:
            'aws acm list-certificates --query "CertificateSummaryList[].[DomainName,NotAfter,RenewalEligibility,InUse]"',
          ifTrue: 'the certificate in use ends soon: INELIGIBLE needs a new one, ELIGIBLE waits for its validation',
          ifFalse: 'it was renewed, and the listener still has the old one',
        },
        {
          command: 'openssl s_client -connect <host>:443 -servername <host> </dev/null | openssl x509 -noout -dates',
          ifTrue: 'notAfter is near',
          ifFalse: 'notAfter is months away',
        },
      ],
      remedy: 'Renew the certificate before it ends, and attach the new one to the listener.',
    },
  },
  'https-listener-missing': {
    title: 'The balancer serves the host on port 80 and not on 443.',
    headline: 'nothing serves port 443',
    documents: ['D1'],
    confirm: [
      {
        command: `aws elbv2 describe-listeners --load-balancer-arn ${balancerArn} --query "Listeners[].[Port,Protocol,DefaultActions]"`,
        ifTrue: 'no listener on 443, or one without rules',
        ifFalse: 'HTTPS on 443 with rules',
      },
    ],
    remedy: 'Add the HTTPS listener with the rules of the host.',
  },
  'https-redirect-broken': {
    title: 'Port 80 does not lead to https on the same host.',
    headline: 'port 80 leads elsewhere',
    documents: ['E8'],
    confirm: [
      {
        command: `aws elbv2 describe-listeners --load-balancer-arn ${balancerArn} --query 'Listeners[?Port==\`80\`].DefaultActions'`,
        ifTrue: 'no redirect to the same URL on HTTPS',
        ifFalse: 'a redirect to https://#{host}:443/#{path}?#{query}',
      },
    ],
    remedy: "Set the listener's default action on port 80 to redirect to https.",
  },
  'security-group-blocking': {
    title: 'A security group drops what it should let through.',
    headline: 'security group blocks',
    documents: ['A5', 'B', 'D', 'E'],
    confirm: [
      {
        command: securityGroups,
        ifTrue: "no rule for 443 from the world, or none from the balancer to the tasks' port",
        ifFalse: 'both are there',
      },
      {
        command: targetHealth,
        ifTrue: 'Target.Timeout',
        ifFalse: 'healthy, or another reason',
      },
    ],
    remedy: 'Restore the missing security group rule.',
  },
  'alb-routing-misconfigured': {
    title: "The balancer's rules do not lead to the application.",
    headline: 'balancer does not forward',
    documents: ['A1', 'D'],
    confirm: [rules('no rule for the host or path, or one that answers or redirects instead of forwarding')],
    remedy:
      'Add the listener rule for the host and its paths, with the right priority, or remove the rule that answers in its place.',
  },
  'alb-wrong-target-group': {
    title: "The balancer's rule forwards to the wrong application.",
    headline: 'wrong application answers',
    documents: ['B'],
    confirm: [rules('a rule forwards to the target group of another service')],
    remedy: 'Point the rule to the target group of the service.',
  },
} as const satisfies Record<string, Runbook>;
