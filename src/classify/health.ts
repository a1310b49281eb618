import { isObject, type JsonObject } from './json.ts';

export type Health = 'healthy' | 'degraded' | 'unhealthy';

/** The words of health routes: FastAPI services, Spring's actuator, RFC draft "health+json". */
const words: Readonly<Record<string, Health>> = {
  healthy: 'healthy',
  ok: 'healthy',
  up: 'healthy',
  pass: 'healthy',
  alive: 'healthy',
  ready: 'healthy',
  connected: 'healthy',
  available: 'healthy',
  running: 'healthy',
  true: 'healthy',
  degraded: 'degraded',
  warn: 'degraded',
  warning: 'degraded',
  partial: 'degraded',
  unhealthy: 'unhealthy',
  down: 'unhealthy',
  fail: 'unhealthy',
  failed: 'unhealthy',
  failing: 'unhealthy',
  error: 'unhealthy',
  critical: 'unhealthy',
  disconnected: 'unhealthy',
  unavailable: 'unhealthy',
  unreachable: 'unhealthy',
  timeout: 'unhealthy',
  open: 'unhealthy',
  'circuit open': 'unhealthy',
  'circuit-open': 'unhealthy',
  circuit_open: 'unhealthy',
  circuit_breaker_open: 'unhealthy',
  false: 'unhealthy',
};

/** Depth of a health answer that is searched for dependencies; deeper ones are no health answers. */
const depthLimit = 4;

/** Of dependencies, and characters of each name: a server can call them as it likes. */
const namesLimit = 12;
const nameLimit = 60;

export const healthOf = (value: unknown): Health | null => {
  const word = typeof value === 'string' || typeof value === 'boolean' ? String(value).toLowerCase().trim() : '';
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
};

/** The dependencies that a health answer names as not healthy: each key whose value, or whose value's `status`, says so; in lists, by name. */
export const unhealthyDependencies = (answer: JsonObject): readonly string[] =>
  [...new Set(collect(answer, depthLimit).filter((name) => !generic.has(name)))]
    .slice(0, namesLimit)
    .map((name) => name.replace(/\s+/g, ' ').slice(0, nameLimit));

/** Keys that hold the state of what is above them, and no name of their own. */
const generic = new Set(['status', 'state', 'healthy', 'health', 'ok', 'connected', 'available', 'ready', 'success']);

const collect = (value: JsonObject, depth: number): readonly string[] =>
  Object.entries(value).flatMap(([name, inner]): readonly string[] => {
    if (Array.isArray(inner)) return inner.flatMap((entry: unknown) => ofEntry(entry));
    // A flag that is false says nothing about a dependency, unless its name does.
    if (!isObject(inner)) return typeof inner === 'string' && isBad(healthOf(inner)) ? [name] : [];
    const own = [...generic].some((key) => isBad(healthOf(inner[key])));
    return [...(own ? [name] : []), ...(depth > 0 ? collect(inner, depth - 1) : [])];
  });

/** An entry of a list says itself what it is called. */
const ofEntry = (entry: unknown): readonly string[] => {
  if (!isObject(entry) || ![...generic].some((key) => isBad(healthOf(entry[key])))) return [];
  const name = ['name', 'component', 'service', 'id'].map((key) => entry[key]).find((word) => typeof word === 'string');
  return name === undefined ? [] : [String(name)];
};

const isBad = (health: Health | null): boolean => health === 'unhealthy' || health === 'degraded';
