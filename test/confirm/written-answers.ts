/* Answers that tests write by hand. test/real/confirm-shapes.test.ts checks them against AWS's models. */

export const page = (name: string, content: string): string =>
  `<${name}Response><${name}Result>${content}</${name}Result></${name}Response>`;

export const balancers = page(
  'DescribeLoadBalancers',
  '<LoadBalancers><member><LoadBalancerArn>a</LoadBalancerArn><LoadBalancerName>hokusai-registry-development</LoadBalancerName><DNSName>d</DNSName></member></LoadBalancers>',
);
const action = '<member><Type>forward</Type><TargetGroupArn>g</TargetGroupArn></member>';
export const listeners = page(
  'DescribeListeners',
  `<Listeners><member><ListenerArn>l</ListenerArn><Port>443</Port><Protocol>HTTPS</Protocol><DefaultActions>${action}</DefaultActions></member></Listeners>`,
);
export const rule = `<member><Priority>1</Priority><IsDefault>false</IsDefault><Conditions><member><Field>host-header</Field><Values><member>other.example</member></Values></member></Conditions><Actions>${action}</Actions></member>`;
