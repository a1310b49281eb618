import { Raw, reveal } from './raw.ts';

/** Contents of a request's body: our own values, and raw ones that are sent back. */
export type BodyValue =
  | string
  | number
  | boolean
  | null
  | Raw
  | readonly BodyValue[]
  | { readonly [name: string]: BodyValue };

/** JSON with the raw values in full. Only for the wire, so it is raw again. */
export const jsonBody = (value: BodyValue): Raw =>
  Raw.from(
    JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, name, shown: unknown) {
      const own = this[name];
      return own instanceof Raw ? reveal(own) : shown;
    }),
  );
