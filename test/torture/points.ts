/** The ways in which the outside can fail at one point. */
export const actions = ['throw', 'hang', 'late', 'twice'] as const;
export type Action = (typeof actions)[number];

export interface Injection {
  /** An event and its number, such as `ok: response, 2`, or the event alone: then each time. */
  readonly point: string;
  readonly action: Action;
}

/** How late an event is, in milliseconds: within the limits of a cycle. */
export const lateMs = 200;

/** Names and counts the points of one cycle at which the outside can fail, and says what happens at each. */
export class Points {
  #plan: readonly Injection[] = [];
  #counts = new Map<string, number>();
  #seen: string[] = [];
  #isOn = false;

  begin(plan: readonly Injection[]): void {
    this.#plan = plan;
    this.#counts = new Map();
    this.#seen = [];
    this.#isOn = true;
  }

  /** @returns the points that the cycle met, in order */
  end(): readonly string[] {
    this.#isOn = false;
    return this.#seen;
  }

  /** An event has arrived. Null: it goes its usual way. */
  arrive(event: string): Action | null {
    if (!this.#isOn) return null;
    const count = (this.#counts.get(event) ?? 0) + 1;
    this.#counts.set(event, count);
    const point = `${event}, ${count}`;
    this.#seen.push(point);
    return this.#plan.find((one) => one.point === point || one.point === event)?.action ?? null;
  }
}
