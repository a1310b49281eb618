import type { Dependency } from '../model/report.ts';
import { isObject, type JsonObject } from './json.ts';

type Health = Dependency['state'];

/** Words that health routes use: FastAPI services, Spring's actuator, the "health+json" RFC draft. */
const words: readonly (readonly [Health, string])[] = [
  ['healthy', 'healthy|ok|up|pass|alive|ready|connected|available|running|true'],
  ['degraded', 'degraded|warn|warning|partial'],
  [
    'unhealthy',
    'unhealthy|down|fail|failed|failing|error|critical|disconnected|unavailable|unreachable|timeout|open|circuit open|circuit-open|circuit_open|circuit_breaker_open|false',
  ],
];

const states: ReadonlyMap<string, Health> = new Map(
  words.flatMap(([state, own]) => own.split('|').map((word) => [word, state] as const)),
);

/** Depth to which a health response is searched for dependencies. Real ones are shallower. */
const depthLimit = 4;

/** Number of dependencies, and characters of each name. The server chooses both. */
const namesLimit = 12;
const nameLimit = 60;

export const healthOf = (value: unknown): Health | null => {
  const word = typeof value === 'string' || typeof value === 'boolean' ? String(value).toLowerCase().trim() : '';
  return states.get(word) ?? null;
};

/**
 * The dependencies that a health response names: each key whose value, or whose value's `status`, is a health word.
 * List entries carry their own name. Unhealthy ones come first, so a long list does not lose them.
 */
export const dependenciesOf = (answer: JsonObject): readonly Dependency[] => {
  const states = new Map<string, Health>();
  for (const { name, state } of collect(answer, depthLimit)) {
    if (!generic.has(name)) states.set(name, worst(state, states.get(name) ?? state));
  }
  const all = [...states].map(([name, state]): Dependency => ({ name, state }));
  return [...unwell(all), ...all.filter(({ state }) => state === 'healthy')]
    .slice(0, namesLimit)
    .map(({ name, state }) => ({ name: name.replace(/\s+/g, ' ').slice(0, nameLimit), state }));
};

export const unwell = (dependencies: readonly Dependency[]): readonly Dependency[] =>
  dependencies.filter(({ state }) => state !== 'healthy');

/** Keys that describe the object around them rather than a dependency. */
const generic = new Set(
  'status state healthy health ok connected available ready success outcome result condition'.split(' '),
);

const byHealth: readonly Health[] = ['healthy', 'degraded', 'unhealthy'];
const worst = (one: Health, other: Health): Health => (byHealth.indexOf(one) > byHealth.indexOf(other) ? one : other);

const collect = (value: JsonObject, depth: number): readonly Dependency[] =>
  Object.entries(value).flatMap(([name, inner]): readonly Dependency[] => {
    if (Array.isArray(inner)) return inner.flatMap((entry: unknown) => ofEntry(entry));
    // A bare flag says nothing about a dependency. Only a flag under a key in `generic` does.
    if (!isObject(inner)) return typeof inner === 'string' ? named(name, healthOf(inner)) : [];
    return [...named(name, ownState(inner)), ...(depth > 0 ? collect(inner, depth - 1) : [])];
  });

const named = (name: string, state: Health | null): readonly Dependency[] => (state === null ? [] : [{ name, state }]);

/** The worst state that an object gives for itself. */
const ownState = (entry: JsonObject): Health | null =>
  [...generic].map((key) => healthOf(entry[key])).reduce((a, b) => (a === null || b === null ? (a ?? b) : worst(a, b)));

/** A list entry carries its own name. */
const ofEntry = (entry: unknown): readonly Dependency[] => {
  if (!isObject(entry)) return [];
  const name = ['name', 'component', 'service', 'dependency', 'check', 'id']
    .map((key) => entry[key])
    .find((word) => typeof word === 'string');
  return typeof name === 'string' ? named(name, ownState(entry)) : [];
};
