import type { Mute } from '../../model/incident.ts';
import { within } from '../../model/within.ts';
import { clock } from '../../wording/time.ts';
import type { AlarmMutes } from './cloudwatch.ts';
import { alarmsOf, ruleNameOf } from './names.ts';
import { aMinuteLater, deleteCommand, putCommand, ruleOf, windowOf } from './rule.ts';

/** Milliseconds. A person waits. */
const limitMs = 15_000;

/** Silences the CloudWatch alarms too. Lines that say which are silent, and which go on. Never throws. */
export const muteAlarms = async (mute: Mute, environment: string): Promise<string> => {
  const names = alarmsOf(mute.what, environment);
  if (names.length === 0) return '';
  const window = windowOf(mute, Date.now());
  try {
    return await withAlarms(async (alarms, signal) => {
      const notifying = await alarms.notifying(names, signal);
      if (notifying.length === 0) return '  alarms: none notifies people about it\n';
      const isActive =
        (await alarms.put(ruleOf(mute, environment, notifying, window), signal)) ||
        (await alarms.put(aMinuteLater(mute, environment, notifying, window), signal));
      const from = isActive ? '' : ' from the next minute on';
      const end = new Date(window.untilMs).toISOString();
      return [
        `  alarms: silent too${from}, also about anything else that they watch: ${notifying.join(', ')}`,
        ...(window.untilMs < Date.parse(mute.until)
          ? [`    only until ${clock(end)}, because CloudWatch mutes for 15 days at most: mute again then`]
          : []),
        '',
      ].join('\n');
    });
  } catch (error) {
    return [
      `  alarms: not muted; these go on, where they exist: ${names.join(', ')}`,
      `    why: ${error instanceof Error ? error.message : String(error)}`,
      `    to mute them: ${putCommand(ruleOf(mute, environment, names, window))}`,
      '',
    ].join('\n');
  }
};

/** Ends the silence of the alarms. Never throws. */
export const unmuteAlarms = async (what: Mute['what'], environment: string): Promise<string> => {
  if (alarmsOf(what, environment).length === 0) return '';
  const name = ruleNameOf(what, environment);
  try {
    const wasThere = await withAlarms((alarms, signal) => alarms.remove(name, signal));
    return wasThere ? '  alarms: no longer muted\n' : '';
  } catch (error) {
    return [
      '  alarms: those that the mute silenced stay silent, because its rule was not deleted',
      `    why: ${error instanceof Error ? error.message : String(error)}`,
      `    to delete it: ${deleteCommand(name)}`,
      '',
    ].join('\n');
  }
};

const withAlarms = async <T>(work: (alarms: AlarmMutes, signal: AbortSignal) => Promise<T>): Promise<T> => {
  const { openAlarmMutes } = await import('./cloudwatch.ts');
  const alarms = openAlarmMutes();
  try {
    return await within({ failing: 'CloudWatch did not answer', ms: limitMs }, (signal) => work(alarms, signal));
  } finally {
    alarms.close();
  }
};
