import { notServed } from './artifacts.ts';
import type { Backend } from './endpoint.ts';
import { MlflowError } from './errors.ts';
import { failure, json, page, type Request, redirect, type StandInResponse, text } from './http.ts';
import { readParameters } from './parameters.ts';
import { isSince3, type Release } from './release.ts';
import { createRouter } from './router.ts';
import { apiRoutes, artifactRoutes } from './routes.ts';

type View = (request: Request, variable: string) => Promise<StandInResponse> | StandInResponse;

/** The Flask application: its routes, and the format of its errors. */
export type Application = (request: Request) => Promise<StandInResponse>;

const mapped = <A, B>(table: Readonly<Record<string, A>>, change: (value: A, key: string) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(value, key)]));

/**
 * @param staticPrefix `--static-prefix`. It moves the user interface, `/health`, `/version` and `/ajax-api/`; the
 * clients' `/api/` stays where it is (measured on 3.9.0).
 */
export const createApplication = (backend: Backend, staticPrefix: string, release: Release): Application => {
  const routes = Object.entries(apiRoutes).filter(([route]) => release.loggedModels || !isSince3(route));
  const api = mapped(
    Object.fromEntries(routes),
    ({ parameters, answer }): View =>
      async (request, id) =>
        json(await answer(backend, readParameters(request, parameters), id)),
  );
  const artifacts = mapped(
    artifactRoutes,
    (handler, key): View =>
      (request, path) => {
        const rule = key.split(' ')[1]?.replace('**', '<path:artifact_path>');
        if (backend.artifacts === null) return text(notServed(`/api/2.0/mlflow-artifacts/${rule}`), 503);
        return handler(backend.artifacts, request, path);
      },
  );
  const pages: Record<string, View> = {
    'GET /': userInterface,
    'GET /health': () => text('OK'),
    'GET /version': () => text(release.version),
  };
  const routers = [
    createRouter('/api/2.0/mlflow/', api),
    createRouter('/api/2.0/mlflow-artifacts/', artifacts),
    createRouter(`${staticPrefix}/ajax-api/2.0/mlflow/`, api),
    createRouter(`${staticPrefix}/ajax-api/2.0/mlflow-artifacts/`, artifacts),
    createRouter(staticPrefix, pages),
  ];

  const dispatch = async (request: Request): Promise<StandInResponse> => {
    if (staticPrefix !== '' && request.path === staticPrefix) {
      return redirect(`http://${request.headers['host']}${staticPrefix}/`);
    }
    for (const router of routers) {
      const match = router.find(request.method, request.path);
      if (match.kind === 'handler') return match.handler(request, match.variable);
      if (match.kind === 'other-method') return otherMethod(request, match.allow);
    }
    return page(404);
  };

  return async (request) => {
    try {
      return await dispatch(request);
    } catch (error) {
      return error instanceof MlflowError ? failure(error) : page(500);
    }
  };
};

const otherMethod = ({ method, path }: Request, allow: string): StandInResponse => {
  const reply = method === 'OPTIONS' ? text('', path.startsWith('/api/') ? 204 : 200) : page(405);
  return { ...reply, headers: [...reply.headers, ['allow', allow]] };
};

/** The page of MLflow's user interface: the real frame without the scripts that it loads. */
const userInterface = (): StandInResponse => ({
  status: 200,
  headers: [
    ['content-disposition', 'inline; filename=index.html'],
    ['content-type', 'text/html; charset=utf-8'],
    ['cache-control', 'no-cache'],
    ['accept-ranges', 'bytes'],
    // Flask dates each file that it sends, and uvicorn dates every response, so this page has two dates.
    ['date', new Date().toUTCString()],
  ],
  content:
    '<!doctype html><html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width,initial-scale=1,shrink-to-fit=no"/><link rel="shortcut icon" href="./static-files/favicon.ico"/><meta name="theme-color" content="#000000"/><link rel="manifest" href="./static-files/manifest.json" crossorigin="use-credentials"/><title>MLflow</title></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root" class="mlflow-ui-container"></div><div id="modal" class="mlflow-ui-container"></div></body></html>',
});
