import { request as httpRequest, type RequestListener } from 'node:http';

/** Passes requests below `/api/mlflow` on to an MLflow server, as the platform's proxy does. */
export const toUpstream =
  (url: string): RequestListener =>
  (request, response) => {
    const { hostname, port, host } = new URL(url);
    const upstream = httpRequest(
      {
        hostname,
        port,
        method: request.method,
        path: request.url?.replace(/^\/api\/mlflow/, ''),
        headers: { ...request.headers, host },
        agent: false,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  };
