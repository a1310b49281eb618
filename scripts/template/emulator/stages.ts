import { equal } from 'node:assert/strict';
import { objectOf, type Parameters } from '../intrinsics.ts';
import { everything, required, template } from '../stack.ts';
import { isComplete, isEmpty } from './checks.ts';
import { type Deployer, startDeploying } from './deployer.ts';
import type { Emulator } from './emulator.ts';

/** An account, a person who deploys to it, and the parameters of a deployment with every option. */
interface Deployment {
  readonly emulator: Emulator;
  readonly deployer: Deployer;
  readonly all: Parameters;
}

/** A step of the deployment. It throws if the emulator does not show what its title says. */
export interface Stage {
  readonly title: string;
  readonly run: (deployment: Deployment) => Promise<void>;
}

/** As docs/deploy.md names it. */
const name = 'hokusai-synthetics';

/** Every parameter: an update that leaves one out keeps its previous value. */
const defaults = Object.fromEntries(
  Object.entries(objectOf(template['Parameters'])).map(([parameter, about]) => [
    parameter,
    objectOf(about)['Default'] ?? '',
  ]),
);
const toMail: Parameters = { ...defaults, ...required, AlertEmail: 'on-call@hokus.test' };

/** Runs `sam build` in the folder, which holds the built dist/. */
export const startDeployment = async (emulator: Emulator, folder: string): Promise<Deployment> => {
  const { subnets, securityGroup } = await emulator.network();
  return {
    emulator,
    deployer: await startDeploying(emulator, folder),
    all: { ...toMail, ...everything, VpcSubnetIds: subnets, VpcSecurityGroupId: securityGroup },
  };
};

const remove = async ({ emulator, deployer }: Deployment): Promise<void> => {
  const { id } = await emulator.stack(name);
  await deployer.remove(name);
  equal((await emulator.stack(id)).status, 'DELETE_COMPLETE');
  isEmpty(await emulator.inventory());
};

/** Each goes on where the one before ended. */
export const stages: readonly Stage[] = [
  {
    title: 'sam deploy --guided creates the default stack',
    run: async ({ emulator, deployer }) => {
      await deployer.deployGuided(name, toMail);
      isComplete(await emulator.stack(name), 'CREATE_COMPLETE', toMail);
    },
  },
  {
    title: 'an update turns every option on',
    run: async ({ emulator, deployer, all }) => {
      await deployer.deploy(name, all);
      isComplete(await emulator.stack(name), 'UPDATE_COMPLETE', all);
    },
  },
  {
    title: 'an update turns every option off again',
    run: async ({ emulator, deployer }) => {
      await deployer.deploy(name, toMail);
      isComplete(await emulator.stack(name), 'UPDATE_COMPLETE', toMail);
    },
  },
  { title: 'sam delete leaves nothing of the default stack', run: remove },
  {
    title: 'a new stack has every option from the start',
    run: async ({ emulator, deployer, all }) => {
      await deployer.deploy(name, all);
      isComplete(await emulator.stack(name), 'CREATE_COMPLETE', all);
    },
  },
  { title: 'sam delete leaves nothing of a stack with every option', run: remove },
];
