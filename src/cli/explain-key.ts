import * as v from 'valibot';
import { configurationSchema } from '../config/schema/configuration.ts';

interface Key {
  /** `limits.totalMs` */
  readonly path: string;
  readonly help: string;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const unwrapped = (schema: object): object =>
  'wrapped' in schema && isObject(schema.wrapped) ? unwrapped(schema.wrapped) : schema;

/** The keys below a part of the schema, each with the help that editors show. */
const keysBelow = (schema: object, above: string): readonly Key[] => {
  const whole = unwrapped(schema);
  if (!('entries' in whole) || !isObject(whole.entries)) return [];
  return Object.entries(whole.entries).flatMap(([name, part]: readonly [string, v.GenericSchema]) => {
    const path = above === '' ? name : `${above}.${name}`;
    const help = v.getDescription(unwrapped(part) as v.GenericSchema) ?? '';
    return [{ path, help }, ...keysBelow(part, path)];
  });
};

/** Every key of the configuration but those of targets, whose names are the user's. */
export const configurationKeys: readonly Key[] = keysBelow(configurationSchema, '');

/** The keys with this path, or with this last name. */
const keysCalled = (name: string): readonly Key[] => {
  const exact = configurationKeys.filter(({ path }) => path === name);
  return exact.length > 0 ? exact : configurationKeys.filter(({ path }) => path.endsWith(`.${name}`));
};

/** A key of synthetics.yaml, with those below it; null: there is none. */
export const explainKey = (name: string): string | null => {
  const found = keysCalled(name);
  return found.length === 0 ? null : found.flatMap(linesOf).join('');
};

const linesOf = ({ path, help }: Key): readonly string[] => {
  const below = configurationKeys.filter((one) => one.path.startsWith(`${path}.`));
  const width = Math.max(0, ...below.map((one) => one.path.length));
  return [
    `${path}: ${help}\n`,
    '  a key of the configuration, synthetics.yaml\n',
    ...below.map((one) => `    ${one.path.padEnd(width)}  ${one.help}`.trimEnd()).map((line) => `${line}\n`),
  ];
};
