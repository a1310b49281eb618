import { defaultHosts } from '../../src/platform/hosts.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { breakages } from '../../src/sandbox/aws/breakages.ts';
import type { AwsInventory } from '../../src/sandbox/aws/inventory.ts';
import { balancerDnsName } from '../../src/sandbox/balancers.ts';
import { faults } from '../../src/sandbox/faults/faults.ts';
import type { Row } from '../diagnose/evidence-row.ts';

export type Change = (inventory: AwsInventory, now: number) => void;

const { api, auth, mlflow, platform } = defaultHosts;

const without =
  (balancer: 'main' | 'mlflow', host: string | null): Change =>
  ({ balancers }) => {
    const { https } = balancers[balancer];
    if (https !== null) https.rules = host === null ? [] : https.rules.filter((rule) => rule.host !== host);
  };

const apiToPlatform: Change = ({ balancers }) => {
  const { https } = balancers.main;
  if (https !== null)
    https.rules = https.rules.map((rule) =>
      rule.host === api ? { ...rule, action: { kind: 'forward', to: 'platform' } } : rule,
    );
};

const authToPlatform: Change = ({ balancers }) => {
  const { https } = balancers.main;
  if (https !== null)
    https.rules = https.rules.map((rule) =>
      rule.host === auth ? { ...rule, action: { kind: 'forward', to: 'platform' } } : rule,
    );
};

const mlflowToMain: Change = ({ records }) => void records.set(mlflow, balancerDnsName('main'));

const unreachableTasks: Change = (inventory, now) => breakages['api-tasks-unreachable']?.(inventory, now);

/** Reports whose fault is at another host than the sandbox's fault with the same cause. */
const elsewhere: Readonly<Record<string, readonly Change[]>> = {
  'fourth-balancer-to-api-drops-packets': [unreachableTasks],
  'fifth-balancers-to-api-dropped': [unreachableTasks],
  // The key is lost before the API, which AWS's answers do not show.
  'fifth-balancer-strips-key': [],
  'fifth-api-host-to-platform': [apiToPlatform],
  'fifth-pair-read-only-and-rule': [
    apiToPlatform,
    (inventory, now) => breakages['database-read-only']?.(inventory, now),
  ],
  'sixth-auth-rule-lost-again': [without('main', auth)],
  'seventh-auth-host-to-spa': [authToPlatform],
  'seventh-squid-host-rule-lost': [without('main', api)],
  'sixth-mlflow-name-to-main-balancer': [mlflowToMain],
  'sixth-pair-read-only-and-alias': [
    mlflowToMain,
    (inventory, now) => breakages['database-read-only']?.(inventory, now),
  ],
  'sixth-registry-balancer-to-tasks-dropped': [unreachableTasks],
  'ninth-packets-edge-api-tasks-dropped': [unreachableTasks],
  'tenth-pair-main-balancer-lost-router-platform': [
    without('main', platform),
    (inventory, now) => changeOf('database-auth-failing')?.(inventory, now),
  ],
  'tenth-pair-cors-origins-lost-platform-balancer': [without('mlflow', null)],
  'eleventh-main-balancer-sends-api-hokus': [apiToPlatform],
  // The key's scopes are no matter of AWS.
  'eleventh-pair-key-lost-models-write-rule': [without('main', api)],
  'ninth-pair-key-lost-models-write-rule': [without('main', api)],
  'eighth-pair-security-group-main-balancer-api': [
    unreachableTasks,
    (inventory, now) => breakages['database-connections-exhausted']?.(inventory, now),
  ],
  'sixth-pair-dropped-and-auth-rule': [unreachableTasks, authToPlatform],
  'sixth-redirect-to-8443': [
    ({ balancers: { main } }) => {
      if (main.http !== null) main.http.otherwise = { kind: 'redirect', protocol: 'HTTPS', host: 'www.example.com' };
    },
  ],
  'fourth-api-host-without-rule': [without('main', api)],
  'third-main-balancer-default-site': [without('main', null)],
  'third-mlflow-host-default-404': [without('mlflow', null)],
  'third-platform-default-404': [without('main', platform)],
  'third-one-of-two-addresses-dead': [(inventory, now) => changeOf('dns-misconfigured')?.(inventory, now)],
  'third-pair-mlflow-stopped--api-rule': [
    (inventory, now) => breakages['mlflow-stopped']?.(inventory, now),
    without('main', api),
  ],
};

/** Their faults are at hosts, ports or paths that no breakage of the sandbox's AWS touches. */
const unlikeSandbox: ReadonlySet<string> = new Set([
  'eighth-main-balancer-target-group-api',
  'eighth-registry-balancer-protocol-mlflows-target',
  'ninth-pair-main-balancer-nothing-443-80',
  'ninth-registry-mlflow-balancer-name-second',
  'eleventh-registry-hokus-ai-two-addresses',
  'sixth-pair-scope-and-rule',
  'sixth-main-listener-on-8443',
  'sixth-pair-old-task-and-redirect',
  'sixth-rules-on-port-80',
  'sixth-api-only-on-80-again',
  'sixth-api-rule-only-below-api-again',
  'sixth-pair-aliases-and-port-80-again',
  'sixth-pair-plain-80-and-path-again',
  'sixth-pair-preflight-and-redirect-again',
  'seventh-dead-address-in-dns',
  'seventh-pair-blob-and-redirect',
  'seventh-pair-scope-and-mlflow-80',
]);

const changeOf = (cause: HypothesisId): Change | undefined =>
  Object.entries(breakages).find(([id]) => faults[id]?.causes.includes(cause))?.[1];

/** What the platform of a recorded report would be in AWS; empty: AWS would not show it. */
export const awsOf = (file: string, { right, isPair }: Row): readonly Change[] => {
  if (unlikeSandbox.has(file)) return [];
  const changes = right.flatMap((cause) => changeOf(cause) ?? []);
  return elsewhere[file] ?? (isPair === true ? changes : changes.slice(0, 1));
};
