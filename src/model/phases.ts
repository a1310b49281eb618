/** The phases of one attempt, in the order in which they happen. A failing attempt charges its time to the phase that failed. */
export const phases = ['resolve', 'connect', 'tls', 'processing', 'transfer', 'assertion'] as const;
export type Phase = (typeof phases)[number];

/** The phases that take time on the wire; an assertion is evaluated afterwards and costs none. */
export type TimedPhase = Exclude<Phase, 'assertion'>;
