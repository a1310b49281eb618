/** The phases of one attempt, in order. A failing attempt charges its time to the phase that failed. */
export const phases = ['resolve', 'connect', 'tls', 'processing', 'transfer', 'assertion'] as const;
export type Phase = (typeof phases)[number];

/** The phases that take time on the wire. An assertion is evaluated afterwards and takes none. */
export type TimedPhase = Exclude<Phase, 'assertion'>;
