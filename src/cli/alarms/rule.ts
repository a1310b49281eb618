import type { PutAlarmMuteRuleCommandInput } from '@aws-sdk/client-cloudwatch';
import type { Mute } from '../../model/incident.ts';
import { jsonLine } from '../../report/json-text.ts';
import { ruleNameOf } from './names.ts';

const minuteMs = 60_000;
/** A rule's longest window, P15D (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html). */
const longestMinutes = 15 * 24 * 60;

export interface Rule extends PutAlarmMuteRuleCommandInput {
  readonly Name: string;
  readonly MuteTargets: { AlarmNames: string[] };
}

interface Window {
  readonly fromMs: number;
  /** Earlier than the mute's end, if that is too far away. */
  readonly untilMs: number;
}

/** From the full minute before this time, because schedules have no seconds. */
export const windowOf = ({ until }: Mute, nowMs: number): Window => {
  const fromMs = Math.floor(nowMs / minuteMs) * minuteMs;
  const minutes = Math.min(Math.ceil((Date.parse(until) - fromMs) / minuteMs), longestMinutes);
  return { fromMs, untilMs: fromMs + minutes * minuteMs };
};

export const ruleOf = (
  { what, reason }: Mute,
  environment: string,
  alarms: readonly string[],
  { fromMs, untilMs }: Window,
): Rule => ({
  Name: ruleNameOf(what, environment),
  Description: reason ?? 'Incidents were muted by hand.',
  Rule: {
    Schedule: {
      Expression: `at(${new Date(fromMs).toISOString().slice(0, 16)})`,
      Duration: `PT${Math.round((untilMs - fromMs) / minuteMs)}M`,
      Timezone: 'UTC',
    },
  },
  MuteTargets: { AlarmNames: [...alarms] },
});

/** The same rule a minute later, for the same end. */
export const aMinuteLater = (mute: Mute, environment: string, alarms: readonly string[], window: Window): Rule =>
  ruleOf(mute, environment, alarms, {
    fromMs: window.fromMs + minuteMs,
    untilMs: Math.max(window.untilMs, window.fromMs + 2 * minuteMs),
  });

/** The command that does the same. */
export const putCommand = ({ Name, Rule: rule, MuteTargets }: Rule): string =>
  `aws cloudwatch put-alarm-mute-rule --name ${Name} --rule '${jsonLine(rule).trim()}' --mute-targets '${jsonLine(MuteTargets).trim()}'`;

export const deleteCommand = (name: string): string =>
  `aws cloudwatch delete-alarm-mute-rule --alarm-mute-rule-name ${name}`;
