import { loadSettings } from '../../src/config/load.ts';
import { createTools } from '../../src/cycle/tools.ts';
import { runRegistration } from '../../src/registration/flow.ts';

const deadlineMs = 60_000;

/** The flow as a cycle runs it, straight to MLflow: no balancer, TLS or key. @returns its duration in milliseconds. */
export const runOurFlow = async (url: string): Promise<number> => {
  const loaded = await loadSettings(null);
  const registration = { ...loaded.registration, through: url, cleanupThrough: [] };
  const settings = { ...loaded, registration };
  const tools = createTools({ settings, apiKey: null, deadlineMs }, performance.now());
  const { durationMs, status, steps } = await runRegistration({ settings, tools, baseline: [] });
  if (status !== 'pass') {
    const poor = steps.find((step) => step.status !== 'pass');
    throw new Error(`the flow is ${status}: ${poor?.id} ${poor?.evidence.summary}`);
  }
  return durationMs;
};
