import { startBlackhole } from '../../../src/sandbox/network/blackhole.ts';
import { balancerName, type OtherPlatform } from '../../setup/otherwise/platform.ts';
import { undoAll } from '../../setup/otherwise/undo.ts';
import type { OperatorFault, OperatorFaults } from './fault.ts';

const registryLeadsTo =
  (place: 'pages' | 'auth' | 'mlflow'): OperatorFault['make'] =>
  ({ balancers: { registry }, places }) =>
    registry.change({
      rules: registry.plan.rules.map((rule) => (rule.path === '/' ? { ...rule, to: [places[place]] } : rule)),
    });

const certificate =
  (hosts: readonly string[], days?: number): OperatorFault['make'] =>
  async ({ authority, balancers: { registry } }) =>
    registry.change({ certificate: await authority.issue('other', hosts, days) });

const inRegistry =
  (changes: Parameters<OtherPlatform['balancers']['registry']['change']>[0]): OperatorFault['make'] =>
  ({ balancers: { registry } }) =>
    registry.change(changes);

/** Names, certificates, listeners and rules. */
export const edgeFaults: OperatorFaults = {
  'registry-rules-removed': {
    title: "the registry's rules are removed from its balancer",
    expects: [['alb-routing-misconfigured']],
    make: ({ balancers: { registry } }) =>
      registry.change({ rules: registry.plan.rules.map((rule) => ({ ...rule, host: 'registry.hokusai.example' })) }),
  },
  'registry-api-rule-removed': {
    title: "the registry's rule for the API is removed, the one for MLflow's pages stays",
    expects: [['alb-routing-misconfigured']],
    make: ({ balancers: { registry } }) =>
      registry.change({ rules: registry.plan.rules.filter(({ path }) => path !== '/') }),
  },
  'registry-mlflow-rule-removed': {
    title: "the registry's rule for MLflow's pages is removed: their requests reach the API",
    expects: [['alb-routing-misconfigured']],
    make: ({ balancers: { registry } }) =>
      registry.change({ rules: registry.plan.rules.filter(({ path }) => path === '/') }),
  },
  'registry-leads-to-pages': {
    title: "the registry's rule forwards to the platform's pages",
    expects: [['alb-wrong-target-group']],
    // A fixed response of the balancer's may look like a page's 404.
    alsoSaid: ['alb-routing-misconfigured'],
    make: registryLeadsTo('pages'),
  },
  'registry-leads-to-auth': {
    title: "the registry's rule forwards to the auth service",
    expects: [['alb-wrong-target-group']],
    make: registryLeadsTo('auth'),
  },
  'registry-leads-to-mlflow': {
    title: "the registry's rule forwards to MLflow",
    expects: [['alb-wrong-target-group']],
    make: registryLeadsTo('mlflow'),
  },
  'api-rule-removed': {
    title: "api's rule is removed from the main balancer",
    expects: [['alb-routing-misconfigured']],
    make: ({ balancers: { main } }) =>
      main.change({ rules: main.plan.rules.filter(({ host }) => host !== 'api.hokus.ai') }),
  },
  'main-listener-stopped': {
    title: 'the main balancer no longer listens on port 443',
    expects: [['https-listener-missing']],
    make: ({ balancers: { main } }) => main.change({ https: false }),
  },
  'mlflow-address-of-nothing': {
    title: "mlflow's record points to an unused address",
    expects: [['dns-misconfigured']],
    make: ({ names }) => names.change({ 'mlflow.hokus.ai': 'A 127.0.0.9' }),
  },
  'registry-listener-stopped': {
    title: "the registry's balancer no longer listens on port 443",
    expects: [['https-listener-missing']],
    make: inRegistry({ https: false }),
  },
  'registry-unreachable': {
    title: "the security group of the registry's balancer drops outside traffic",
    expects: [['security-group-blocking', 'dns-misconfigured']],
    make: async ({ balancers: { registry } }) => {
      const undo = await registry.change({ https: false, http: false });
      const { address, ports } = registry;
      const holes = await Promise.all([ports.https, ports.http].map((port) => startBlackhole(address, port)));
      return undoAll([undo, ...holes.map((hole) => hole.close)]);
    },
  },
  'certificate-expired': {
    title: "the registry's certificate has expired",
    expects: [['tls-certificate-invalid']],
    make: certificate(['registry.hokus.ai'], -1),
  },
  'certificate-of-other-name': {
    title: 'the registry serves a certificate for another name',
    expects: [['tls-certificate-invalid']],
    make: certificate(['registry.hokusai.example']),
  },
  'name-removed': {
    title: "the registry's record is removed",
    expects: [['dns-misconfigured']],
    make: ({ names }) => names.change({ 'registry.hokus.ai': null }),
  },
  'name-forged': {
    title: "the registry's zone has a DS record but no signatures: resolvers refuse it",
    expects: [['dns-misconfigured']],
    make: ({ names }) => names.expectSignature('registry.hokus.ai'),
  },
  'name-leads-elsewhere': {
    title: "the registry's name is an alias of the main balancer",
    expects: [['dns-misconfigured']],
    make: ({ names }) => names.change({ 'registry.hokus.ai': `CNAME ${balancerName('main')}.` }),
  },
  'address-of-other-balancer': {
    title: "the registry's record is the main balancer's address: no CNAME chain shows it",
    expects: [['dns-misconfigured', 'tls-certificate-invalid']],
    make: ({ names }) => names.change({ 'registry.hokus.ai': 'A 127.0.0.2' }),
  },
  'address-of-nothing': {
    title: "the registry's record points to an unused address",
    expects: [['dns-misconfigured']],
    make: ({ names }) => names.change({ 'registry.hokus.ai': 'A 127.0.0.9' }),
  },
  'port-80-loops': {
    title: "the registry's port 80 redirects to itself",
    expects: [['https-redirect-broken']],
    make: inRegistry({ redirect: 'http://$host$request_uri' }),
  },
  'port-80-leads-elsewhere': {
    title: "the registry's port 80 redirects to another host",
    expects: [['https-redirect-broken']],
    make: inRegistry({ redirect: 'https://www.example.com$request_uri' }),
  },
};
