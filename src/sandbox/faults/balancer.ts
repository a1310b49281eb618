import { defaultHosts } from '../../platform/hosts.ts';
import { notFound } from '../balancer/balancer.ts';
import { startBlackhole } from '../network/blackhole.ts';
import type { Topology } from '../topology.ts';
import type { InjectedFault } from './fault.ts';

const { registry, api } = defaultHosts;

/** Replaces the tasks' listeners with ones that accept no connection. */
const blackholeTasks = async ({ api: { tasks }, extras }: Topology): Promise<void> => {
  for (const task of tasks) {
    await task.stop();
    extras.push(await startBlackhole('127.0.0.1', task.port));
  }
};

export const balancerFaults = {
  'registry-rules-deleted': {
    title: 'the registry balancer has lost its listener rules',
    causes: ['alb-routing-misconfigured'],
    shows: ['lb-no-route'],
    apply: ({ balancers }) => {
      balancers.registry.https.rules = [];
    },
  },
  'registry-rule-on-wrong-target-group': {
    title: "the registry's rule forwards to the platform's pages",
    causes: ['alb-wrong-target-group'],
    shows: ['unexpected-body'],
    apply: ({ balancers, groups }) => {
      balancers.registry.https.rules = [
        { host: registry, path: null, action: { kind: 'forward', to: groups.platform } },
      ];
    },
  },
  'registry-rule-on-auth-service': {
    title: "the registry's rule forwards to the auth service",
    causes: ['alb-wrong-target-group'],
    shows: ['route-not-found'],
    apply: ({ balancers, groups }) => {
      balancers.registry.https.rules = [{ host: registry, path: null, action: { kind: 'forward', to: groups.auth } }];
    },
  },
  'api-targets-deregistered': {
    title: 'no task of the API is registered in the target groups',
    causes: ['api-service-unhealthy'],
    shows: ['lb-no-target'],
    apply: ({ groups }) => {
      groups.registryApi.targets = [];
      groups.api.targets = [];
    },
  },
  'health-check-path-wrong': {
    title: 'the target groups check a path that the API does not have, so ECS keeps stopping its tasks as unhealthy',
    causes: ['health-check-mismatch'],
    shows: ['lb-no-target'],
    apply: async ({ api: { tasks }, groups }) => {
      const answers = await Promise.all(
        tasks.map(({ port }) => fetch(`http://127.0.0.1:${port}/health/targets`).then(({ status }) => status)),
      );
      // As ECS does with a task that fails its health check: it is deregistered before its successor is up.
      if (answers.every((status) => status !== 200)) {
        groups.registryApi.targets = [];
        groups.api.targets = [];
      }
    },
  },
  'api-tasks-unreachable': {
    title: "the security group of the API's tasks drops traffic from the balancers",
    causes: ['security-group-blocking'],
    shows: ['lb-gateway-timeout'],
    apply: blackholeTasks,
  },
  'target-protocol-https': {
    title: 'the registry’s target group speaks TLS to tasks that do not',
    causes: ['backend-tls-mismatch'],
    shows: ['lb-bad-gateway'],
    apply: ({ groups }) => {
      groups.registryApi.protocol = 'https';
    },
  },
  'firewall-challenges': {
    title: 'the firewall challenges every request to the registry, with a 202',
    causes: [],
    shows: ['waf-blocked'],
    apply: ({ balancers }) => {
      balancers.registry.webAcl = 'challenge';
    },
  },
  'firewall-blocks': {
    title: 'the firewall blocks every request to the registry',
    causes: [],
    shows: ['waf-blocked'],
    apply: ({ balancers }) => {
      balancers.registry.webAcl = 'block';
    },
  },
  'port-80-loops': {
    title: "the registry's port 80 redirects to itself",
    causes: ['https-redirect-broken'],
    shows: ['redirect-loop'],
    apply: ({ balancers }) => {
      balancers.registry.http.otherwise = { kind: 'redirect', location: 'http://#{host}#{path}#{query}', status: 301 };
    },
  },
  'port-80-leads-elsewhere': {
    title: "the registry's port 80 redirects to another host",
    causes: ['https-redirect-broken'],
    shows: ['redirect-unexpected'],
    apply: ({ balancers }) => {
      balancers.registry.http.otherwise = { kind: 'redirect', location: 'https://www.example.com/', status: 301 };
    },
  },
  'api-rules-on-port-80-only': {
    title: "api's rules are on port 80; port 443 has only its default action",
    causes: ['https-listener-missing'],
    shows: ['lb-no-route', 'redirect-unexpected'],
    apply: ({ balancers: { main } }) => {
      main.http.rules = main.https.rules.filter(({ host }) => host === api);
      main.https.rules = main.https.rules.filter(({ host }) => host !== api);
      main.https.otherwise = notFound;
    },
  },
} as const satisfies Record<string, InjectedFault>;
