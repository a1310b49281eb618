import { describe, expect, test } from 'vitest';
import { type AlarmState, nextState, type Point, type TreatMissingData } from './missing-data.ts';

type Expected = readonly [AlarmState | 'before', AlarmState | 'before', AlarmState, AlarmState];
type Row = readonly [points: string, expected: Expected];

const signs: Readonly<Record<string, Point>> = { '0': 'good', X: 'bad', '-': 'missing' };
const treatments: readonly TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

/** AWS's first table: 3 of 3, a range of 5. The columns are missing, ignore, breaching, notBreaching. */
const threeOfThree: readonly Row[] = [
  ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
  ['0 - - - -', ['OK', 'OK', 'OK', 'OK']],
  ['- - - - -', ['INSUFFICIENT_DATA', 'before', 'ALARM', 'OK']],
  ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['- - X - -', ['ALARM', 'before', 'ALARM', 'OK']],
  // From the text: too recent to be alarming.
  ['- - - - X', ['INSUFFICIENT_DATA', 'before', 'ALARM', 'OK']],
  ['- - - X -', ['INSUFFICIENT_DATA', 'before', 'ALARM', 'OK']],
];

/** AWS's second table: 2 of 3, a range of 5. */
const twoOfThree: readonly Row[] = [
  ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
  ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
  ['- - - X -', ['ALARM', 'before', 'ALARM', 'OK']],
];

const cases = [
  ...threeOfThree.map(([points, expected]) => ({ points, expected, datapointsToAlarm: 3 })),
  ...twoOfThree.map(([points, expected]) => ({ points, expected, datapointsToAlarm: 2 })),
];

describe('the evaluation of alarms in these tests gives AWS’s documented states', () => {
  test.each(cases)('$datapointsToAlarm of 3: $points', ({ points, expected, datapointsToAlarm }) => {
    for (const before of ['OK', 'ALARM'] as const) {
      const states = treatments.map((treatMissingData) =>
        nextState({
          points: points.split(' ').map((sign) => signs[sign] ?? 'missing'),
          evaluationPeriods: 3,
          datapointsToAlarm,
          treatMissingData,
          before,
        }),
      );
      expect(states).toEqual(expected.map((state) => (state === 'before' ? before : state)));
    }
  });
});
