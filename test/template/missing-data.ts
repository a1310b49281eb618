/** How an alarm treats periods without data. */
export type TreatMissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** A period's value against the threshold. */
export type Point = 'good' | 'bad' | 'missing';

export interface Evaluation {
  /** The whole evaluation range, oldest first. */
  readonly points: readonly Point[];
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: TreatMissingData;
  readonly before: AlarmState;
}

/**
 * CloudWatch retrieves more periods than EvaluationPeriods. AWS documents 5 for 3 periods and no rule for others, so
 * what an alarm promises must not depend on this number.
 */
export const extraPeriods = 2;

/**
 * An alarm's next state, as AWS documents it ("Configuring how CloudWatch alarms treat missing data",
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html). Real data points from
 * the whole range come first. Missing ones count only if fewer real ones than EvaluationPeriods exist.
 */
export const nextState = (evaluation: Evaluation): AlarmState => {
  const { points, evaluationPeriods, datapointsToAlarm, treatMissingData, before } = evaluation;
  const real = points.filter((point) => point !== 'missing').slice(-evaluationPeriods);
  const bad = real.filter((point) => point === 'bad').length;
  const filled = treatMissingData === 'breaching' ? evaluationPeriods - real.length : 0;
  if (bad + filled >= datapointsToAlarm) return 'ALARM';
  if (bad < real.length || treatMissingData === 'breaching' || treatMissingData === 'notBreaching') return 'OK';
  if (treatMissingData === 'ignore') return before;
  // "Premature alarm state": the only data are breaching, and the oldest is old enough to be no passing fault.
  const age = points.length - points.indexOf('bad');
  return bad > 0 && age >= datapointsToAlarm ? 'ALARM' : 'INSUFFICIENT_DATA';
};
