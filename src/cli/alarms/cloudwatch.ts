import {
  CloudWatchClient,
  DeleteAlarmMuteRuleCommand,
  DescribeAlarmsCommand,
  GetAlarmMuteRuleCommand,
  PutAlarmMuteRuleCommand,
  type PutAlarmMuteRuleCommandInput,
} from '@aws-sdk/client-cloudwatch';

/**
 * Alarm mute rules. A muted alarm goes on changing its state, but its actions do not run
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html).
 */
export interface AlarmMutes {
  /** Those of the names that exist and notify someone. */
  readonly notifying: (names: readonly string[], signal: AbortSignal) => Promise<readonly string[]>;
  /** Whether the rule mutes its alarms now. */
  readonly put: (rule: PutAlarmMuteRuleCommandInput, signal: AbortSignal) => Promise<boolean>;
  /** False: there was no such rule. */
  readonly remove: (name: string, signal: AbortSignal) => Promise<boolean>;
  readonly close: () => void;
}

export const openAlarmMutes = (): AlarmMutes => {
  // A person waits for it.
  const client = new CloudWatchClient({ maxAttempts: 2 });
  return {
    notifying: async (names, abortSignal) => {
      const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(
        new DescribeAlarmsCommand({ AlarmNames: [...names], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
        { abortSignal },
      );
      return [...CompositeAlarms, ...MetricAlarms].flatMap(({ AlarmName = '', ActionsEnabled, AlarmActions = [] }) =>
        ActionsEnabled === true && AlarmActions.length > 0 ? [AlarmName] : [],
      );
    },
    put: async (rule, abortSignal) => {
      await client.send(new PutAlarmMuteRuleCommand(rule), { abortSignal });
      const { Status } = await client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: rule.Name }), {
        abortSignal,
      });
      return Status === 'ACTIVE';
    },
    remove: async (name, abortSignal) => {
      try {
        await client.send(new DeleteAlarmMuteRuleCommand({ AlarmMuteRuleName: name }), { abortSignal });
        return true;
      } catch (error) {
        if (error instanceof Error && /^ResourceNotFound/.test(error.name)) return false;
        throw error;
      }
    },
    close: () => client.destroy(),
  };
};
