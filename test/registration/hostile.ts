import type { Registration } from '../../src/model/report.ts';
import type { Alter, Meddle, Meddling, Registry } from './platform.ts';

/** An answer: that to the first request of this kind, unless another one is meant. */
export interface Where {
  readonly method: string;
  /** What the path ends with, without its query. */
  readonly ending: string | RegExp;
  readonly time?: number;
}

export interface Altered {
  readonly flow: Registration;
  /** Requests that followed the first altered answer, in order. */
  readonly after: readonly string[];
  /** Addresses of all requests. */
  readonly asked: readonly string[];
}

/** Runs the flow against a registry in which something happens to some answers. */
export const runAltered = async (
  registry: Registry,
  alterations: readonly (readonly [Where, Meddling])[],
  options: Parameters<Registry['run']>[1] = {},
): Promise<Altered> => {
  const asked: string[] = [];
  const times = new Map<Where, number>();
  let begins = Number.POSITIVE_INFINITY;
  const meddle: Meddle = (method, url) => {
    asked.push(`${method} ${url}`);
    const [path = ''] = url.split('?');
    for (const [where, meddling] of alterations) {
      const { ending, time = 1 } = where;
      if (where.method !== method || !(typeof ending === 'string' ? path.endsWith(ending) : ending.test(path)))
        continue;
      times.set(where, (times.get(where) ?? 0) + 1);
      if (times.get(where) !== time) continue;
      begins = Math.min(begins, asked.length);
      return meddling;
    }
    return 'pass';
  };
  const flow = await registry.run(meddle, options);
  return { flow, after: asked.slice(begins).map(routeOf), asked };
};

/** A request without what differs from run to run. */
const routeOf = (asked: string): string =>
  decodeURIComponent(asked)
    .replace(/\/api\/mlflow\/api\/2\.0\/mlflow(-artifacts)?\//, '')
    .replace(/m-[0-9a-f]{32}/g, 'MODEL')
    .replace(/[0-9a-f]{32}/g, 'RUN')
    .replace(/\?(?!path=|run_id=).*$/, '');

/** Puts a value in place of what is at this path of the answer. */
export const put =
  (path: string, value: unknown): Alter =>
  (answer) => {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const holder = names.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], answer);
    (holder as Record<string, unknown>)[last] = value;
    return answer;
  };
