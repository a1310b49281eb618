import type {
  AddressObservation,
  Attempted,
  AttemptFailure,
  ConnectEvidence,
  RedirectEvidence,
  ResolutionEvidence,
  ResponseEvidence,
  TlsEvidence,
} from '../model/observation.ts';
import type { Target } from '../model/target.ts';
import { phrase, type Raw } from '../raw/raw.ts';
import type { Attempt } from './attempt.ts';
import { describeError, PhaseFailure } from './attempt.ts';
import { attemptCost } from './attempt-cost.ts';
import { keepFacts } from './keep-facts.ts';
import type { ProbeTools } from './tools.ts';

/** Raw evidence that an attempt gathers on its way, so that it survives however the attempt ends. */
export interface Gathered {
  traceId: string;
  resolution: ResolutionEvidence<Raw> | null;
  readonly connects: ConnectEvidence[];
  address: string | null;
  tls: TlsEvidence<Raw> | null;
  readonly redirects: RedirectEvidence<Raw>[];
  response: ResponseEvidence<Raw> | null;
  readonly addresses: AddressObservation<Raw>[];
}

/** Runs one attempt and turns its result or failure into a redacted observation. A target's failure is data. */
export const observe = async (
  { id }: Pick<Target, 'id'>,
  attempt: Attempt,
  tools: ProbeTools,
  work: (gathered: Gathered) => Promise<AttemptFailure<Raw> | null>,
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
  let failure: AttemptFailure<Raw> | null;
  try {
    failure = await work(gathered);
  } catch (error) {
    failure = error instanceof PhaseFailure ? error : { phase: 'assertion', code: 'PROBE_ERROR', ...pickDetail(error) };
  }
  const timingsMs = attempt.finish();
  attemptCost.end();
  const { traceId, connects, address } = gathered;
  return {
    kind: 'attempted',
    target: id,
    startedAt,
    timingsMs,
    loopLateMs: endWatch(),
    traceId,
    connects,
    address,
    ...keepFacts({ ...gathered, failure }, tools.keep),
  };
};

const pickDetail = (error: unknown): { readonly detail: Raw } => {
  const { code, detail } = describeError(error);
  return { detail: phrase`${code}: ${detail}` };
};
