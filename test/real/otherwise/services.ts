import { startBlackhole } from '../../../src/sandbox/network/blackhole.ts';
import { undoAll } from '../../setup/otherwise/undo.ts';
import { deployed, frozen, type OperatorFaults, stopped } from './fault.ts';

/** The API's tasks, and what the balancers lead to. */
export const serviceFaults: OperatorFaults = {
  'api-stopped': {
    title: "the API's tasks are stopped",
    expects: [['api-service-unhealthy', 'health-check-mismatch', 'backend-tls-mismatch']],
    make: stopped('api'),
  },
  'api-frozen': {
    title: "the API's tasks are frozen",
    expects: [['api-service-unhealthy']],
    make: frozen('api'),
  },
  'one-task-stopped': {
    title: "one of the API's two tasks is stopped",
    expects: [['api-service-unhealthy', 'health-check-mismatch']],
    make: async ({ api: [first] }) => {
      await first.stop();
      return () => first.start();
    },
  },
  'one-task-misconfigured': {
    title: "one of the API's two tasks has an MLFLOW_TRACKING_URI with an unknown name",
    expects: [['service-discovery-broken', 'mlflow-unreachable-from-api']],
    make: ({ deployApi, places }) =>
      deployApi({ MLFLOW_TRACKING_URI: 'http://mlflow.hokusai-old.local:5000' }, [places.api1]),
  },
  'tasks-unreachable': {
    title: "the security group of the API's tasks drops the balancers' traffic",
    expects: [['security-group-blocking', 'api-service-unhealthy', 'health-check-mismatch']],
    make: async (platform) => {
      const undo = await stopped('api')(platform);
      const ports = [platform.places.api1, platform.places.api2].map((place) => Number(place.split(':')[1]));
      const holes = await Promise.all(ports.map((port) => startBlackhole('127.0.0.1', port)));
      return undoAll([undo, ...holes.map((hole) => hole.close)]);
    },
  },
  'targets-deregistered': {
    title: "no target is registered in the API's target groups",
    expects: [['api-service-unhealthy', 'health-check-mismatch']],
    make: async ({ balancers: { registry, main } }) =>
      undoAll(
        await Promise.all([
          registry.change({
            rules: registry.plan.rules.map((rule) => (rule.path === '/' ? { ...rule, to: [] } : rule)),
          }),
          main.change({
            rules: main.plan.rules.map((rule) => (rule.host === 'api.hokus.ai' ? { ...rule, to: [] } : rule)),
          }),
        ]),
      ),
  },
  'registry-group-empty': {
    title: "no target is registered in the registry's target group",
    expects: [['alb-routing-misconfigured', 'api-service-unhealthy', 'health-check-mismatch']],
    make: ({ balancers: { registry } }) =>
      registry.change({ rules: registry.plan.rules.map((rule) => (rule.path === '/' ? { ...rule, to: [] } : rule)) }),
  },
  'targets-asked-for-tls': {
    title: 'the balancers speak TLS to API tasks that do not',
    expects: [['backend-tls-mismatch', 'api-service-unhealthy', 'health-check-mismatch']],
    make: async ({ balancers: { registry, main } }) =>
      undoAll(
        await Promise.all([
          registry.change({
            rules: registry.plan.rules.map((rule) => (rule.path === '/' ? { ...rule, scheme: 'https' } : rule)),
          }),
          main.change({
            rules: main.plan.rules.map((rule) => (rule.host === 'api.hokus.ai' ? { ...rule, scheme: 'https' } : rule)),
          }),
        ]),
      ),
  },
  'cors-removed': {
    title: 'the API is deployed without its CORS settings',
    expects: [['cors-misconfigured']],
    make: deployed({ CORS_ORIGIN: '' }),
  },
};
