import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { recoveredSince, verdictOf } from '../classify/outcome.ts';
import { doubtOf } from '../diagnose/baseline-doubt.ts';
import { diagnose, isDoubtful } from '../diagnose/diagnose.ts';
import { withSenders } from '../diagnose/senders.ts';
import { diagnoseKnown } from '../diagnose/still-failing.ts';
import type { Report } from '../model/report.ts';
import { runRegistration } from '../registration/flow.ts';
import { prober } from '../version.ts';
import { againstBaseline } from './against-baseline.ts';
import { againstNormal } from './against-normal.ts';
import { markingAnotherHosts } from './another-hosts-page.ts';
import { judgeBlindness } from './blindness.ts';
import type { askMore as AskMore } from './follow-up.ts';
import type { CycleInput } from './input.ts';
import { probeAll } from './probe-all.ts';
import { selectTargets } from './selection.ts';
import { createTools } from './tools.ts';

/** Loaded only when it is needed: most cycles are healthy. */
const loadedAskMore: typeof AskMore = async (...given) => (await import('./follow-up.ts')).askMore(...given);

/**
 * One cycle: selects targets, probes them and runs the flow in parallel, judges blindness, diagnoses, asks
 * more where that pays, reports. Throws
 * only if the monitor itself fails.
 */
export const runCycle = async (input: CycleInput): Promise<Report> => {
  // Awaited below. Until then, a rejection must not count as unhandled.
  input.history?.catch(() => undefined);
  input.expecting?.catch(() => undefined);
  const { settings, baseline } = input;
  const startedAt = new Date();
  const began = performance.now();
  const tools = createTools(input, began);

  const targets = selectTargets(settings, input.only);
  const [answered, ran] = await Promise.all([
    probeAll(targets, input, tools),
    input.registration ? runRegistration({ ...input, tools }) : null,
  ]);
  const expecting = (await input.expecting) ?? null;
  const judged = againstBaseline(
    { outcomes: markingAnotherHosts(answered, targets, baseline), registration: ran },
    targets,
    baseline,
  );
  const timed = expecting === null ? judged : againstNormal(judged, targets, { expecting, baseline });
  const seen = withSenders(judgeBlindness(timed, settings), settings.targets);
  const history = (await input.history) ?? null;
  const baselineDoubt = doubtOf(seen, settings.targets, baseline, settings.file ?? null);
  const doubted = { ...seen, baselineDoubt };
  const first = diagnose(doubted, settings.targets, history);
  const followUp =
    settings.followUp && isDoubtful(first) ? await loadedAskMore(doubted, input, history, tools) : undefined;
  const diagnosis = followUp === undefined ? first : diagnose({ ...doubted, followUp }, settings.targets, history);

  return {
    schemaVersion: 1,
    runId: randomUUID(),
    environment: settings.environment,
    startedAt: startedAt.toISOString(),
    durationMs: performance.now() - began,
    verdict: verdictOf(seen, diagnosis),
    ...seen,
    ...(followUp === undefined ? {} : { followUp }),
    diagnosis,
    ...diagnoseKnown(seen, settings.targets, history),
    history,
    recovered: recoveredSince(seen, baseline),
    baselineDoubt,
    prober: { ...prober, host: hostname() },
  };
};
