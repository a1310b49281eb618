import type * as v from 'valibot';
import { expectTypeOf, it } from 'vitest';
import type { Drill } from '../../src/model/drill.ts';
import type { drill } from '../../src/model/drill-schema.ts';
import type { report } from '../../src/model/report-schema/report.ts';
import type { DescribedReport } from '../../src/report/described.ts';

type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

// Checked by the compiler: a field that only one of the two has, or has otherwise, breaks `npm run types`.
it('the schema of the report accepts exactly the fields of a published report', () => {
  expectTypeOf<Frozen<v.InferOutput<typeof report>>>().toExtend<DescribedReport>();
  expectTypeOf<Frozen<DescribedReport>>().toExtend<Frozen<v.InferOutput<typeof report>>>();
  expectTypeOf<keyof DescribedReport['outcomes'][number]>().toEqualTypeOf<
    keyof v.InferOutput<typeof report>['outcomes'][number]
  >();
});

it('the schema of the drill accepts exactly the fields of a drill report', () => {
  expectTypeOf<Frozen<v.InferOutput<typeof drill>>>().toExtend<Drill>();
  expectTypeOf<Frozen<Drill>>().toExtend<Frozen<v.InferOutput<typeof drill>>>();
});
