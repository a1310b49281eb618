import type { GenericSchema, InferOutput } from 'valibot';

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

/** The values that a schema describes. Valibot infers mutable objects and lists; ours are read-only at every depth. */
export type OutputOf<T extends GenericSchema> = DeepReadonly<InferOutput<T>>;
