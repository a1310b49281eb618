import type { HostRole } from '../../platform/hosts.ts';
import type { EcsServiceName } from '../../platform/inventory.ts';
import { type Confirmer, confirmed, type Judgement, refuted, undecided, type View } from '../judge.ts';
import { bare, isOfAcm, zoneFor } from '../lookups/names.ts';
import type { Action, EcsService, Listener, Rule } from '../resources.ts';
import type { Asked, Subject } from '../subject.ts';
import { ruleFor } from './rules.ts';
import { serviceIn } from './services.ts';
import { actionWords, at, groupName } from './words.ts';

const on = (listeners: readonly Listener[], port: number): Listener | null =>
  listeners.find((one) => one.port === port) ?? null;

interface Routed {
  readonly asked: Asked;
  readonly action: Action;
  readonly isDefault: boolean;
}

/** What a listener does with each failing request; null if for any of them that depends on more than host and path. */
const routed = (rules: readonly Rule[], subject: Subject, port: number): readonly Routed[] | null => {
  const all = subject.asked
    .filter((one) => one.port === port && one.path !== null && one.host === subject.host)
    .map((asked) => {
      const rule = ruleFor(rules, { host: subject.hostName, path: asked.path ?? '/' });
      return rule === null ? null : { asked, ...rule };
    });
  return all.includes(null) || all.length === 0 ? null : all.filter((one) => one !== null);
};

const notByPath = undecided(
  'rules',
  'the rules depend on more than host and path, so it is not known which one applies',
);

const place = ({ hostName }: Subject, { asked }: Routed): string => `${hostName}${asked.path}`;

const routing: Confirmer = {
  needs: () => ['listeners', 'rules', 'services'],
  judge: (view, subject) => {
    const listener = on(view.value('listeners'), 443);
    if (listener === null) return undecided('listeners', 'the balancer has no listener on port 443');
    const routes = routed(view.value('rules'), subject, 443);
    if (routes === null) return notByPath;
    const lost = routes.find(({ action }) => action.kind === 'fixed-response');
    if (lost !== undefined)
      return confirmed(
        'rules',
        `${lost.isDefault ? `no rule matches ${place(subject, lost)}: the default action` : `the rule for ${place(subject, lost)}`} ${actionWords(lost.action)}`,
      );
    const services = view.value('services');
    const isServed = (arn: string): boolean => services.some((one) => ownsGroup(one, arn));
    const forwards = routes.filter(({ action }) => action.kind === 'forward');
    if (forwards.length < routes.length || subject.asked.some(({ failureMode }) => failureMode === 'waf-blocked'))
      return undecided('rules', routes.map(({ action }) => actionWords(action)).join(', '));
    const [first] = forwards;
    const unserved = forwards.find(({ action }) => action.kind === 'forward' && !action.groups.every(isServed));
    return unserved === undefined && first !== undefined
      ? refuted('rules', `the rule for ${place(subject, first)} ${actionWords(first.action)}`)
      : undecided('rules', forwards.map(({ action }) => actionWords(action)).join(', '));
  },
};

const ownsGroup = ({ targetGroups, alternates }: EcsService, arn: string): boolean =>
  targetGroups.some((one) => one.arn === arn) || alternates.includes(arn);

/** The service that a path of a host belongs to; null: not one in ECS that is known. */
const expectedService = (host: HostRole, path: string): EcsServiceName | null => {
  if (host === 'auth' || host === 'mlflow') return host;
  if (host === 'platform') return null;
  return host === 'registry' && /^\/mlflow(?:\/|$)/.test(path) ? 'mlflow' : 'api';
};

const wrongGroup: Confirmer = {
  needs: () => ['listeners', 'rules', 'services'],
  judge: (view, subject) => {
    const routes = routed(view.value('rules'), subject, 443);
    if (routes === null) return notByPath;
    const judged = routes.map((route) => ownerOf(view, subject, route));
    const wrong = judged.find((one) => one?.verdict === 'confirmed');
    if (wrong) return wrong;
    const [first] = judged;
    return first && judged.every((one) => one?.verdict === 'refuted')
      ? first
      : undecided('rules', routes.map(({ action }) => actionWords(action)).join(', '));
  },
};

/** Whether a request is forwarded to its own service's target group; null: not known. */
const ownerOf = (view: View, subject: Subject, route: Routed): Judgement | null => {
  const { action, asked } = route;
  const service = expectedService(asked.host, asked.path ?? '/');
  if (action.kind !== 'forward' || service === null) return null;
  const own = serviceIn(view, subject, service);
  if (own === null || own.targetGroups.length + own.alternates.length === 0) return null;
  const foreign = action.groups.find((arn) => !ownsGroup(own, arn));
  if (foreign === undefined)
    return refuted(
      'rules',
      `the rule for ${place(subject, route)} ${actionWords(action)}, a target group of ${own.name}`,
    );
  const others = view.value('services').filter((one) => one !== own);
  const owner = others.find((one) => ownsGroup(one, foreign));
  return confirmed(
    'rules',
    `the rule for ${place(subject, route)} forwards to ${groupName(foreign)}, ${owner === undefined ? `which is not a target group of ${own.name}` : `the target group of ${owner.name}`}`,
  );
};

const httpsListener: Confirmer = {
  needs: () => ['balancer', 'listeners', 'rules', 'rules80'],
  judge: (view, subject) => {
    const { name } = view.value('balancer');
    const listeners = view.value('listeners');
    const ports = listeners.map(({ port, protocol }) => `${protocol} on ${port}`).join(', ');
    if (on(listeners, 443) === null)
      return confirmed('listeners', `${name} has no listener on port 443${ports === '' ? '' : `, only ${ports}`}`);
    const routes = routed(view.value('rules'), subject, 443);
    if (routes === null) return notByPath;
    const lost = routes.find(({ action, isDefault }) => isDefault && action.kind !== 'forward');
    if (lost === undefined) return refuted('listeners', `${name} has ${ports}, and its rules match`);
    const on80 = ruleFor(view.value('rules80'), { host: subject.hostName, path: lost.asked.path ?? '/' });
    return on80 !== null && on80.action.kind === 'forward'
      ? confirmed(
          'rules',
          `port 80 ${actionWords(on80.action)} for ${place(subject, lost)}, and port 443 has only its default action`,
        )
      : refuted('rules', `${name} has ${ports}, and port 80 serves no route itself`);
  },
};

const redirect: Confirmer = {
  needs: () => ['balancer', 'listeners', 'rules80', 'rules'],
  judge: (view, subject) => {
    const { name } = view.value('balancer');
    if (on(view.value('listeners'), 80) === null) return confirmed('listeners', `${name} has no listener on port 80`);
    const back = ruleFor(view.value('rules'), { host: subject.hostName, path: '/' });
    if (back?.action.kind === 'redirect' && back.action.protocol === 'HTTP')
      return confirmed('rules', `port 443 ${actionWords(back.action)}`);
    const rule = ruleFor(view.value('rules80'), { host: subject.hostName, path: '/' });
    if (rule === null) return notByPath;
    const { action } = rule;
    const isRight =
      action.kind === 'redirect' &&
      action.protocol === 'HTTPS' &&
      (action.host === '#{host}' || action.host === subject.hostName) &&
      (action.port === '443' || action.port === '#{port}') &&
      action.path === '/#{path}';
    return (isRight ? refuted : confirmed)('rules', `port 80 of ${name} ${actionWords(action)}`);
  },
};

const record: Confirmer = {
  needs: () => ['balancers', 'zones', 'records'],
  judge: (view, subject) => {
    const { hostName, inventory, host } = subject;
    // By its configured name: the host's name may lead to another one, which is the question.
    const configured = inventory.balancers[host];
    const expected = view.value('balancers').find(({ name }) => name === configured);
    if (expected === undefined)
      return undecided(
        'balancers',
        `${configured === null ? `the balancer of ${hostName} is not on record` : `there is no balancer ${configured}`}; set confirm.balancers`,
      );
    const { dnsName, name } = expected;
    const zone = zoneFor(view.value('zones'), hostName);
    const own = view.value('records').filter((one) => one.name === bare(hostName));
    const leads = own.filter(({ type }) => type === 'A' || type === 'AAAA' || type === 'CNAME');
    const where = `the zone ${zone?.name}`;
    // A wildcard record may stand anywhere in the zone. It would have given the name an address.
    const isGone = subject.asked.some(({ failureMode }) => failureMode === 'dns-nxdomain');
    if (leads.length === 0)
      return (isGone ? confirmed : undecided)('records', `${where} has no record of its own for ${hostName}`);
    const right = leads.every(({ alias, values }) => alias === dnsName || values.includes(dnsName));
    const to = leads.map(({ type, alias, values }) => `${type} ${alias ?? values.join(' ')}`).join(', ');
    if (!right) return confirmed('records', `${hostName} leads to ${to} in ${where}, and ${name} is ${dnsName}`);
    const isOfNames = subject.asked.some(({ failureMode }) => failureMode.startsWith('dns-'));
    return isOfNames
      ? undecided(
          'records',
          `${hostName} leads to ${name} in ${where}; its delegation and the name servers are not seen from here`,
        )
      : refuted('records', `${hostName} leads to ${name} in ${where}`);
  },
};

/** Names that a certificate covers: a wildcard stands for exactly one label. */
const covers = (name: string, host: string): boolean =>
  name === host || (name.startsWith('*.') && host.slice(host.indexOf('.') + 1) === name.slice(2));

const soonMs = 21 * 86_400_000;

const certificate: Confirmer = {
  needs: () => ['listenerCertificates', 'certificates'],
  judge: (view, subject) => {
    const { hostName, now } = subject;
    const all = view.value('certificates');
    const own = all.filter(({ names }) => names.some((one) => covers(one, bare(hostName))));
    const source = 'certificates';
    if (own.length === 0) {
      // Names of certificates that were uploaded to IAM are not read.
      const isComplete = all.length > 0 && view.value('listenerCertificates').every(isOfAcm);
      return (isComplete ? confirmed : undecided)(
        source,
        `the listener has certificates for ${all.flatMap(({ names }) => names).join(', ')}, and none for ${hostName}`,
      );
    }
    const valid = own.find(
      ({ status, notBefore, notAfter }) => status === 'ISSUED' && (notBefore ?? 0) <= now && (notAfter ?? 0) > now,
    );
    const [first] = own;
    if (valid === undefined)
      return confirmed(
        source,
        `the certificate for ${hostName} is ${first?.status}${first?.notAfter ? `, valid until ${at(first.notAfter)}` : ''}`,
      );
    if ((valid.notAfter ?? 0) - now < soonMs)
      return confirmed(
        source,
        `the certificate for ${hostName} is valid until ${at(valid.notAfter ?? 0)}, and not renewed`,
      );
    const isOfTls = subject.asked.some(({ failureMode }) => failureMode.startsWith('tls-'));
    const line = `the certificate for ${hostName} is ISSUED, valid until ${at(valid.notAfter ?? 0)}`;
    return isOfTls ? undecided(source, `${line}; the one that was seen may be another`) : refuted(source, line);
  },
};

export const edgeConfirmers = {
  'alb-routing-misconfigured': routing,
  'alb-wrong-target-group': wrongGroup,
  'https-listener-missing': httpsListener,
  'https-redirect-broken': redirect,
  'dns-misconfigured': record,
  'tls-certificate-invalid': certificate,
} as const;
