/** Finds a handler by path, then by method, and reports a path's methods as Flask does. */

type Match<T> =
  | { readonly kind: 'handler'; readonly handler: T; readonly variable: string }
  /** The path exists. `allow` lists its methods, for OPTIONS and for a 405. */
  | { readonly kind: 'other-method'; readonly allow: string }
  | { readonly kind: 'none' };

export interface Router<T> {
  find(method: string, path: string): Match<T>;
}

interface Route<T> {
  readonly methods: readonly string[];
  readonly pattern: RegExp;
  readonly handler: T;
}

const compile = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/\*\*|\*/, (each) => (each === '*' ? '([^/]+)' : '(.+)'))}$`, 's');

/** @param table `METHOD,METHOD path` to handler. Flask answers HEAD wherever it answers GET. */
export const createRouter = <T>(prefix: string, table: Readonly<Record<string, T>>): Router<T> => {
  const routes = Object.entries(table).map(([key, handler]): Route<T> => {
    const [methods = '', path = ''] = key.split(' ');
    return { methods: methods.split(','), pattern: compile(`${prefix}${path}`), handler };
  });
  return {
    find: (method, path) => {
      const fitting = routes.filter(({ pattern }) => pattern.test(path));
      const wanted = method === 'HEAD' ? 'GET' : method;
      const route = fitting.find(({ methods }) => methods.includes(wanted));
      if (route !== undefined) {
        return { kind: 'handler', handler: route.handler, variable: route.pattern.exec(path)?.[1] ?? '' };
      }
      if (fitting.length === 0) return { kind: 'none' };
      const methods = fitting.flatMap((each) => each.methods);
      return {
        kind: 'other-method',
        allow: [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', '),
      };
    },
  };
};
