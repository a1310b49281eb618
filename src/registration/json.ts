import { isObject, type JsonObject } from '../classify/json.ts';

/** What MLflow's answers hold: absent where another type came, which the caller then finds missing. */
export const objectIn = (value: JsonObject, name: string): JsonObject => {
  const found = value[name];
  return isObject(found) ? found : {};
};

export const listIn = (value: JsonObject, name: string): readonly JsonObject[] => {
  const found = value[name];
  return Array.isArray(found) ? found.filter(isObject) : [];
};

/** Texts and numbers as text, for versions are numbers in some answers; empty: there is none. Halves of characters fit in no URL. */
export const textIn = (value: JsonObject, name: string): string => {
  const found = value[name];
  return typeof found === 'string' || typeof found === 'number' ? String(found).toWellFormed() : '';
};

/** Pairs of key and value, as MLflow writes tags, parameters and metrics. */
export const pairsIn = (value: JsonObject, name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(listIn(value, name).map((pair) => [textIn(pair, 'key'), textIn(pair, 'value')]));
