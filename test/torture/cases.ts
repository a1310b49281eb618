import type { ClockFault } from './function-thread.ts';
import type { Lane, Ran } from './lane.ts';
import type { Action, Injection } from './points.ts';

/** Milliseconds that the clock loses. It is a subtraction: it neither throws nor happens twice. */
const lostMs: Readonly<Partial<Record<Action, number>>> = { hang: Number.POSITIVE_INFINITY, late: 20_000 };

const clockPoint = /^clock, (\d+)$/;

/** Whether this can happen there. */
export const isPossible = ({ point, action }: Injection): boolean =>
  !clockPoint.test(point) || lostMs[action] !== undefined;

const clockFaultOf = (plan: readonly Injection[]): ClockFault | null => {
  for (const { point, action } of plan) {
    const reading = clockPoint.exec(point)?.[1];
    const lost = lostMs[action];
    if (reading !== undefined && lost !== undefined) return { reading: Number(reading), lostMs: lost };
  }
  return null;
};

/** The points of a cycle in which nothing fails. */
export const pointsOf = async (lane: Lane): Promise<readonly string[]> => {
  lane.account.reset();
  lane.points.begin([]);
  const { points, ended } = await lane.invoke(null);
  return [...points, ...Array.from({ length: ended.readings }, (_, n) => `clock, ${n + 1}`)];
};

const saysWhy = ({ ended, log }: Ran): boolean =>
  ended.kind === 'error' ? ended.message !== '' : log.includes('"Heartbeat"');

/** Cycles in which a busy machine may miss a limit. */
const patience = 3;

/** A cycle in which nothing fails. */
const usual = async (lane: Lane, left = patience): Promise<Ran> => {
  lane.points.begin([]);
  const ran = await lane.invoke(null);
  const isBlind = ran.ended.kind === 'answer' && ran.ended.value.verdict === 'inconclusive';
  return isBlind && left > 1 ? usual(lane, left - 1) : ran;
};

/** What went wrong in a cycle with these faults, and in the healthy one after it. Empty: nothing. */
export const torture = async (lane: Lane, plan: readonly Injection[]): Promise<readonly string[]> => {
  const { account, points } = lane;
  account.reset();
  points.begin(plan);
  const first = await lane.invoke(clockFaultOf(plan));
  const { ended } = first;
  const published = account.metrics > 0;
  const second = await usual(lane);
  const clock = plan.some(({ point }) => clockPoint.test(point));
  const isSent = account.messages.some((message) => message.includes('my.fails'));
  return [
    // The last middleware ends an invocation when a step did not keep to its share of the time.
    ...(ended.kind === 'error' && ended.message.includes('time ran out') && !clock ? [ended.message] : []),
    ...(published || saysWhy(first) ? [] : [`neither metrics nor a reason: ${JSON.stringify(ended)}`]),
    ...(ended.kind === 'answer' && !['failing', 'inconclusive'].includes(ended.value.verdict)
      ? [`the verdict is ${ended.value.verdict}`]
      : []),
    ...(second.ended.kind === 'answer' && second.ended.value.verdict === 'failing'
      ? []
      : [`the next cycle: ${JSON.stringify(second.ended)}`]),
    ...(isSent || account.waiting > 0 ? [] : ['the message is lost']),
    ...(`${first.log}${second.log}`.includes('hk_test_') ? ['the key is in the log'] : []),
  ];
};

/** The verdict on a healthy platform of which a part cannot be seen, or null if the function fails. */
export const verdictWithout = async (lane: Lane, plan: Injection): Promise<string | null> => {
  lane.account.reset();
  lane.isHealthy = true;
  lane.points.begin([plan]);
  const { ended } = await lane.invoke(null);
  lane.isHealthy = false;
  return ended.kind === 'answer' ? ended.value.verdict : null;
};
