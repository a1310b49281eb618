/*
 * Command fragments that look up names missing from the documents, so a command runs as copied. `<host>` and
 * `<balancer>` stand for the host that an incident is about and its balancer.
 */

export const balancerArn =
  '"$(aws elbv2 describe-load-balancers --names <balancer> --query \'LoadBalancers[0].LoadBalancerArn\' --output text)"';

/** Runs a command for each target group of the balancer. */
const eachTargetGroup = (command: string): string =>
  `for g in $(aws elbv2 describe-target-groups --load-balancer-arn ${balancerArn} --query 'TargetGroups[].TargetGroupArn' --output text); do ${command} "$g"; done`;

export const targetHealth = eachTargetGroup(
  'aws elbv2 describe-target-health --query "TargetHealthDescriptions[].[Target.Id,TargetHealth]" --target-group-arn',
);

export const zoneId = (name: string): string =>
  `"$(aws route53 list-hosted-zones-by-name --dns-name ${name} --query 'HostedZones[0].Id' --output text)"`;

export const securityGroups =
  'aws ec2 describe-security-groups --filters "Name=group-name,Values=*hokusai*" --query "SecurityGroups[].[GroupName,IpPermissions]"';
