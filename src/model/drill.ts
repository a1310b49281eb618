import type { drill } from './drill-schema/drill.ts';
import type { figures, promise, score, share } from './drill-schema/figures.ts';
import type { alteration, change, noise } from './drill-schema/noise.ts';
import type { answer, pair, single } from './drill-schema/results.ts';
import type { OutputOf } from './output-of.ts';

/* Shapes, and what their fields mean, are written in drill-schema/. */

export type Answer = OutputOf<typeof answer>;
export type SingleResult = OutputOf<typeof single>;
export type SingleVerdict = SingleResult['verdict'];
export type PairResult = OutputOf<typeof pair>;
export type PairVerdict = PairResult['verdict'];
export type Alteration = OutputOf<typeof alteration>;
export type NoiseChange = OutputOf<typeof change>;
export type NoiseResult = OutputOf<typeof noise>;
export type Share = OutputOf<typeof share>;
export type Score = OutputOf<typeof score>;
export type DrillFigures = OutputOf<typeof figures>;
export type DrillPromise = OutputOf<typeof promise>;
export type Drill = OutputOf<typeof drill>;
