import { classify, outcomeFrom } from '../classify/classify.ts';
import { failed, type Judgement, passed } from '../classify/judgement.ts';
import type { FailureMode } from '../model/failure-modes.ts';
import type { Attempted } from '../model/observation.ts';
import type { Asked, AttemptOutcome } from '../model/report.ts';
import type { BodyExpectation, CredentialForm, HttpTarget } from '../model/target.ts';
import type { Hop } from '../platform/hops.ts';
import { askedOfSent } from '../probe/asked.ts';
import type { Session } from '../probe/session.ts';
import type { ProbeTools } from '../probe/tools.ts';
import { addressBelow, hrefOf } from '../raw/address.ts';
import { type BodyValue, jsonBody } from '../raw/json-body.ts';
import type { Keep } from '../raw/keep.ts';
import { phrase, Raw } from '../raw/raw.ts';
import type { RawBytes } from '../raw/raw-bytes.ts';
import { RawJson } from '../raw/raw-json.ts';
import type { Place } from './addresses.ts';
import { NotSent, OutOfReach, StepFailure } from './failure.ts';
import type { Pace } from './pace.ts';

export interface MlflowRequest {
  readonly method: HttpTarget['method'];
  readonly place: Place;
  readonly query?: Readonly<Record<string, string | Raw>>;
  readonly json?: BodyValue;
  readonly bytes?: Uint8Array;
  /** MLflow error codes that are a valid response to this request, not a failure. */
  readonly accepts?: readonly string[];
  /** Expected form of a good response. Default: a JSON object. */
  readonly expects?: 'json' | 'bytes';
  readonly hops?: readonly Hop[];
  /** Follow redirects, as MLflow's client does: some platforms redirect artifacts to presigned URLs of their store. */
  readonly follows?: true;
  /** The request creates something, so sending it twice creates two. */
  readonly makes?: true;
}

/** MLflow's response: what was requested, or one of the accepted errors. */
export interface MlflowResponse {
  /** Null if the response is what was requested. */
  readonly errorCode: string | null;
  /** Empty with an error code. */
  readonly json: RawJson;
  readonly body: RawBytes;
  readonly observation: Attempted;
  readonly asked: Asked;
}

export interface Clocks {
  /** Limit of one request. */
  readonly timeoutMs: number;
  /** Deadline of all requests, on the monotonic clock in milliseconds. */
  readonly endsAt: number;
  /** From this signal on, no request starts, and reads are aborted. */
  readonly stop: AbortSignal;
  /** From this signal on, writes are aborted too. */
  readonly settled: AbortSignal;
}

/** How a flow sends its requests. */
interface Asking {
  /** The form of the key in use. */
  readonly auth: CredentialForm;
  readonly workspace: string | null;
  readonly pace: Pace;
}

interface MlflowClientOptions {
  readonly session: Session;
  readonly tools: ProbeTools;
  /** Id of the observations. */
  readonly id: string;
  readonly hops: readonly Hop[];
  readonly clocks: Clocks;
  readonly flow: Asking;
}

/**
 * Sends the requests of one step one after the other, and judges each as a probe's response is judged. The first bad
 * response ends the step and is its evidence. Nothing is retried.
 */
export class MlflowClient {
  readonly #session: Session;
  readonly #tools: ProbeTools;
  readonly #id: string;
  readonly #hops: readonly Hop[];
  readonly #clocks: Clocks;
  #requests = 0;
  /** The first degraded outcome, and the last one that passed. */
  #poor: AttemptOutcome | null = null;
  #last: AttemptOutcome | null = null;
  readonly #flow: Asking;

  constructor({ session, tools, id, hops, clocks, flow }: MlflowClientOptions) {
    this.#flow = flow;
    this.#session = session;
    this.#tools = tools;
    this.#id = id;
    this.#hops = hops;
    this.#clocks = clocks;
  }

  get requests(): number {
    return this.#requests;
  }

  /** The outcome that represents the step. */
  get outcome(): AttemptOutcome | null {
    return this.#poor ?? this.#last;
  }

  /** Whether a request can still start after so many milliseconds. */
  hasTimeFor(ms: number): boolean {
    return performance.now() + ms < this.#clocks.endsAt && !this.#clocks.stop.aborted;
  }

  /** Turns text from MLflow into text for a report. */
  get keep(): Keep {
    return this.#tools.keep;
  }

  /** Sends a request. @throws StepFailure with the outcome if the response is bad */
  async ask(call: MlflowRequest): Promise<MlflowResponse> {
    const { stop, settled, ...clocks } = this.#clocks;
    if (stop.aborted) throw new NotSent();
    const target = this.#targetOf(call);
    const address = addressBelow(call.place.base, call.place.parts, call.query);
    const sentBody = call.json === undefined ? null : jsonBody(call.json);
    const { observation, body, requests, left } = await this.#session.ask({
      id: this.#id,
      address,
      method: call.method,
      headers: target.headers,
      auth: this.#flow.auth,
      body: call.bytes ?? sentBody,
      ...clocks,
      stop: call.method === 'GET' ? stop : settled,
      repeatable: call.makes !== true,
      follows: call.follows === true,
    });
    this.#requests += requests;
    // A request that is lost is not slow.
    if (observation.failure === null) this.#flow.pace.note(observation.timingsMs.total ?? 0);
    const asked = askedOfSent(
      {
        ...target,
        auth: this.#flow.auth,
        url: hrefOf(address),
        body: sentBody,
        follows: false,
        // The request that is shown goes to the platform, never to the store that a redirect led to.
        address: left === null ? observation.address : null,
      },
      this.#tools,
    );
    const json = RawJson.from(body.text);
    const errorCode = refusalIn(observation, json, call.accepts ?? []);
    if (errorCode !== null) {
      this.#last = outcomeFrom(target, observation, passed, this.#tools.limits);
      return { errorCode, json: RawJson.empty, body, observation, asked };
    }
    // The detail is already redacted.
    if (observation.failure?.code === 'REDIRECT_UNSEEN')
      throw new OutOfReach('inconclusive', observation.failure.detail);
    const { judged, mode } = this.#judge(acceptingNothing(target, body), observation, left);
    const outcome = judged.failureMode === null ? judged : { ...judged, asked };
    if (outcome.status !== 'pass' && outcome.status !== 'degraded') throw new StepFailure(outcome, mode);
    if (outcome.status === 'degraded') this.#poor ??= outcome;
    this.#last = outcome;
    return { errorCode: null, json, body, observation, asked };
  }

  /**
   * A store that a redirect led to is not the platform's API: whatever it answers says nothing about the key, and its
   * address nothing about the platform's.
   * @returns the outcome, and the mode of the response by itself
   */
  #judge(
    target: HttpTarget,
    observation: Attempted,
    store: Raw | null,
  ): { readonly judged: AttemptOutcome; readonly mode: FailureMode | null } {
    const { limits } = this.#tools;
    const expect = store === null ? target.expect : { ...target.expect, status: ['2xx'] as const };
    const seen = classify({ ...target, expect }, observation, limits);
    const mode = seen.failureMode;
    if (store === null || seen.status !== 'fail') return { judged: seen, mode };
    const why = this.keep(phrase`at ${store}, where it was redirected: ${mode ?? ''}`, 'summary');
    return { judged: outcomeFrom(target, observation, failed('artifact-store-error', why), limits), mode };
  }

  /** Like `ask`, but returns a failure instead of throwing it. */
  async attempt(call: MlflowRequest): Promise<MlflowResponse | StepFailure> {
    try {
      return await this.ask(call);
    } catch (error) {
      if (error instanceof StepFailure) return error;
      throw error;
    }
  }

  /** A good response with wrong content. @param why our own words; raw if it quotes MLflow */
  reject(
    reply: MlflowResponse,
    mode: FailureMode,
    why: string | Raw,
    { hops = this.#hops, by }: Pick<MlflowRequest, 'hops'> & Pick<Judgement, 'by'> = {},
  ): StepFailure {
    const judged = failed(mode, why instanceof Raw ? this.keep(why, 'summary') : why);
    const judgement = by === undefined ? judged : { ...judged, by };
    const outcome = outcomeFrom({ kind: 'http', hops }, reply.observation, judgement, this.#tools.limits);
    return new StepFailure({ ...outcome, asked: reply.asked });
  }

  /** Marks the step degraded and lets it go on. */
  note(outcome: AttemptOutcome): void {
    this.#poor ??= { ...outcome, status: 'degraded' };
  }

  #targetOf({ method, place, json, bytes, expects = 'json', hops = this.#hops }: MlflowRequest): HttpTarget {
    const body: BodyExpectation = expects === 'json' ? { kind: 'json' } : { kind: 'any' };
    return {
      kind: 'http',
      id: this.#id,
      host: 'registration',
      role: null,
      title: '',
      hops,
      enabled: true,
      timeoutMs: this.#clocks.timeoutMs,
      after: [],
      url: place.base,
      method,
      auth: this.#flow.auth,
      headers: {
        ...(bytes !== undefined
          ? { 'content-type': 'application/octet-stream' }
          : json !== undefined
            ? { 'content-type': 'application/json' }
            : {}),
        // As MLflow's client names it (mlflow/utils/workspace_utils.py, 3.17.2).
        ...(this.#flow.workspace === null ? {} : { 'x-mlflow-workspace': this.#flow.workspace }),
      },
      body: null,
      redirects: 'record',
      // MLflow's client takes any success for a file, and nothing but 200 for the rest (mlflow/utils/rest_utils.py, 3.9.0).
      expect: { status: expects === 'bytes' ? ['2xx'] : [200], body },
    };
  }
}

const refusalIn = ({ response }: Attempted, json: RawJson, accepts: readonly string[]): string | null =>
  response === null || response.status < 400 ? null : json.text('error_code').oneOf(accepts);

/** MLflow's client reads nothing, or Armeria's words for nothing, as an empty object. To a write that is an answer. */
const acceptingNothing = (target: HttpTarget, body: RawBytes): HttpTarget => {
  const said = body.text.folded();
  return target.method !== 'GET' && (said.is('') || said.is('200 ok'))
    ? { ...target, expect: { ...target.expect, body: { kind: 'any' } } }
    : target;
};
