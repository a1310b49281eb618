import fc from 'fast-check';
import type * as v from 'valibot';
import type { DescribedReport } from '../../src/model/report.ts';
import { report } from '../../src/model/report-schema/report.ts';

/** valibot drops these, which lead to an object's prototype. No header that the prober reads has such a name. */
const dropped: readonly string[] = ['__proto__', 'constructor', 'prototype'];
const keys = fc.string({ minLength: 1 }).filter((name) => !dropped.includes(name));

type Part =
  | v.ObjectSchema<Readonly<Record<string, v.GenericSchema>>, undefined>
  | v.ArraySchema<v.GenericSchema, undefined>
  | v.RecordSchema<v.StringSchema<undefined>, v.GenericSchema<unknown>, undefined>
  | v.NullableSchema<v.GenericSchema, undefined>
  | v.ExactOptionalSchema<v.GenericSchema, undefined>
  | v.PicklistSchema<readonly (string | number)[], undefined>
  | v.LiteralSchema<string | number, undefined>
  | v.StringSchema<undefined>
  | v.NumberSchema<undefined>
  | v.BooleanSchema<undefined>;

const made = new Map<v.GenericSchema, fc.Arbitrary<unknown>>();

/** Values that a schema accepts, whatever they mean. */
const valuesOf = (schema: v.GenericSchema): fc.Arbitrary<unknown> => {
  const known = made.get(schema);
  if (known !== undefined) return known;
  const values = valuesOfPart(schema as Part);
  made.set(schema, values);
  return values;
};

const valuesOfPart = (part: Part): fc.Arbitrary<unknown> => {
  switch (part.type) {
    case 'object': {
      const fields = Object.entries(part.entries);
      return fc.record(Object.fromEntries(fields.map(([name, field]) => [name, valuesOf(field)])), {
        requiredKeys: fields.filter(([, { type }]) => type !== 'exact_optional').map(([name]) => name),
        noNullPrototype: true,
      });
    }
    case 'array':
      return fc.array(valuesOf(part.item), { maxLength: 2 });
    case 'record':
      return fc.dictionary(keys, valuesOf(part.value), { maxKeys: 2, noNullPrototype: true });
    case 'nullable':
      return fc.option(valuesOf(part.wrapped));
    case 'exact_optional':
      return valuesOf(part.wrapped);
    case 'picklist':
      return fc.constantFrom(...part.options);
    case 'literal':
      return fc.constant(part.literal);
    case 'string':
      return fc.string();
    case 'number':
      return numbersOf('pipe' in part ? (part.pipe as readonly { readonly type: string }[]) : []);
    case 'boolean':
      return fc.boolean();
  }
};

/** Numbers in the schema are counts, shares, or any that JSON can hold. */
const numbersOf = (pipe: readonly { readonly type: string }[]): fc.Arbitrary<number> => {
  const has = (action: string): boolean => pipe.some(({ type }) => type === action);
  if (has('integer')) return fc.nat({ max: 5 });
  if (has('max_value')) return fc.double({ min: 0, max: 1, noNaN: true });
  return fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0);
};

/** Any published report that asked something: what the schema accepts, whether or not a check could write it. */
export const anyReport = (valuesOf(report) as fc.Arbitrary<DescribedReport>).filter(
  ({ outcomes, registration }) => outcomes.length + (registration?.steps.length ?? 0) > 0,
);
