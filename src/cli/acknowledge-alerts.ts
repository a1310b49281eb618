import type { Settings } from '../config/settings.ts';
import { within } from '../model/within.ts';
import { channelsOf } from './channels.ts';

/** Milliseconds for one service. */
const limitMs = 12_000;

/** Acknowledges the incident's alert wherever there is one, so that it calls no one. A line for each service. */
export const acknowledgeAlerts = async (
  settings: Settings,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<string> => {
  const lines = await Promise.all(
    channelsOf({ settings, apiKey: null }, { config: null, state: null }).map(async ({ name, acknowledge }) => {
      if (acknowledge === undefined) return '';
      try {
        const limit = { failing: `${name} did not take it`, ms: limitMs };
        await within(limit, (signal) => acknowledge({ id, environment: settings.environment, by }, signal));
        return `  ${name}: acknowledged\n`;
      } catch (error) {
        return `  ${name}: not acknowledged, the monitor does it with its next cycle: ${error instanceof Error ? error.message : String(error)}\n`;
      }
    }),
  );
  return lines.join('');
};
