import type {
  AddressObservation,
  Attempted,
  AttemptFailure,
  ConnectEvidence,
  RedirectEvidence,
  ResolutionEvidence,
  ResponseEvidence,
  TlsEvidence,
} from '../platform/observation.ts';
import type { Target } from '../platform/target.ts';
import type { Attempt } from './attempt.ts';
import { describeError, PhaseFailure } from './attempt.ts';
import { attemptCost } from './attempt-cost.ts';
import { redactEvidence, redactFailure } from './redact-evidence.ts';
import type { ProbeTools } from './tools.ts';

/** What an attempt gathers on its way, so that it is there however the attempt ends; as said by the other side. */
export interface Gathered {
  traceId: string;
  resolution: ResolutionEvidence | null;
  readonly connects: ConnectEvidence[];
  address: string | null;
  tls: TlsEvidence | null;
  readonly redirects: RedirectEvidence[];
  response: ResponseEvidence | null;
  readonly addresses: AddressObservation[];
}

/** Runs one attempt of a target and turns whatever happens into an observation, redacted: a target's failure is data. */
export const observe = async (
  { id }: Pick<Target, 'id'>,
  attempt: Attempt,
  tools: ProbeTools,
  work: (gathered: Gathered) => Promise<AttemptFailure | null>,
): Promise<Attempted> => {
  const gathered: Gathered = {
    traceId: '',
    resolution: null,
    connects: [],
    address: null,
    tls: null,
    redirects: [],
    response: null,
    addresses: [],
  };
  const startedAt = tools.now();
  const endWatch = tools.loop.start();
  attemptCost.begin();
  let failure: AttemptFailure | null;
  try {
    failure = await work(gathered);
  } catch (error) {
    failure = error instanceof PhaseFailure ? error : { phase: 'assertion', code: 'PROBE_ERROR', ...pickDetail(error) };
  }
  const timingsMs = attempt.finish();
  attemptCost.end();
  return {
    kind: 'attempted',
    target: id,
    startedAt,
    timingsMs,
    loopLateMs: endWatch(),
    ...gathered,
    ...redactEvidence(gathered, tools.redact),
    failure: redactFailure(failure, tools.redact),
  };
};

const pickDetail = (error: unknown): { readonly detail: string } => {
  const { code, detail } = describeError(error);
  return { detail: `${code}: ${detail}` };
};
