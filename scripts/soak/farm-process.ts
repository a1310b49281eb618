/** The process with the sandboxes of a soak, so that their memory and sockets are not counted as the prober's. */
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import type { FarmMessage, FarmRequest } from './farm-protocol.ts';
import { watchLateness } from './lateness.ts';

/** The fastest pace at which a busy machine does not look like a slow platform, and the platform's own with a real MLflow. */
const [quickPace, ownPace] = [2, 10];
/** More than any number of cycles makes: a soak asks more often than a schedule. */
const requestsPerMinute = 1_000_000;

const sandboxes = new Map<string, Sandbox>();
const lateness = watchLateness();

const open = async ({ fault, ...options }: FarmRequest & { readonly kind: 'open' }): Promise<string> => {
  const sandbox = await startSandbox({
    generation: options.generation,
    mlflowUrl: options.mlflowUrl,
    pace: options.mlflowUrl === null ? quickPace : ownPace,
  });
  sandbox.topology.api.env.requestsPerMinute = requestsPerMinute;
  if (fault !== null) await sandbox.inject(fault);
  sandboxes.set(sandbox.configurationFile, sandbox);
  return sandbox.configurationFile;
};

const close = async (configurationFile: string): Promise<string> => {
  await sandboxes.get(configurationFile)?.close();
  sandboxes.delete(configurationFile);
  return configurationFile;
};

const answer = async (request: FarmRequest): Promise<FarmMessage> => {
  const { number } = request;
  try {
    if (request.kind === 'late')
      return { kind: 'done', number, configurationFile: '', lateMs: lateness.since(request.since) };
    const configurationFile = await (request.kind === 'open' ? open(request) : close(request.configurationFile));
    return { kind: 'done', number, configurationFile, lateMs: 0 };
  } catch (error) {
    return { kind: 'failed', number, reason: error instanceof Error ? error.message : String(error) };
  }
};

process.on('message', (request: FarmRequest) => {
  answer(request).then((message) => process.send?.(message));
});
// A signal from the terminal goes to both processes. The other one ends this one.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => {
  Promise.all([...sandboxes.values()].map((sandbox) => sandbox.close())).finally(() => process.exit());
});
