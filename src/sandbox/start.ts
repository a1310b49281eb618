import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InjectedFault } from './faults/fault.ts';
import { faults } from './faults/faults.ts';
import { deviations } from './generations.ts';
import { baselineOf, configurationOf, fileNames } from './settings.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';
import { buildTopology, closeTopology, type SandboxOptions, type Topology } from './topology.ts';

export interface Sandbox {
  /** Holds the configuration and the files that it refers to. */
  readonly folder: string;
  readonly configurationFile: string;
  /** The text of the configuration. */
  readonly configuration: string;
  readonly topology: Topology;
  inject(faultId: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts the embedded platform on free loopback ports, with the given faults. Closing it removes its files. */
export const startSandbox = async (options: SandboxOptions, faultIds: readonly string[] = []): Promise<Sandbox> => {
  const folder = makeTemporaryFolder();
  try {
    const sandbox = await startSandboxIn(folder.path, options, faultIds);
    return {
      ...sandbox,
      close: async () => {
        await sandbox.close();
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
};

/** The same, with its files in a folder of the caller's, which stays. */
export const startSandboxIn = async (
  folder: string,
  options: SandboxOptions,
  faultIds: readonly string[],
): Promise<Sandbox> => {
  const wanted = faultIds.map((id) => findFault(id, options));
  const topology = await buildTopology(options);
  try {
    for (const fault of wanted) await fault.apply(topology);
  } catch (error) {
    await closeTopology(topology);
    throw error;
  }
  const configuration = configurationOf(topology, folder);
  const files = {
    [fileNames.configuration]: configuration,
    [fileNames.authority]: topology.authority.rootPem,
    [fileNames.baseline]: baselineOf(deviations[options.generation]),
    [fileNames.key]: topology.key,
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text, { mode: 0o600 })));
  return {
    folder,
    configurationFile: join(folder, fileNames.configuration),
    configuration,
    topology,
    inject: async (id) => findFault(id, options).apply(topology),
    close: () => closeTopology(topology),
  };
};

/** Throws a sentence when the fault does not exist or is impossible with these options. */
const findFault = (id: string, { mlflowUrl }: SandboxOptions): InjectedFault => {
  const fault = Object.hasOwn(faults, id) ? faults[id] : undefined;
  if (fault === undefined) throw new Error(`no scenario "${id}"; sandbox --list shows them`);
  if (fault.needsStandIn === true && mlflowUrl !== null)
    throw new Error(`scenario "${id}" reaches into MLflow itself: it needs the stand-in, so leave --mlflow out`);
  return fault;
};
