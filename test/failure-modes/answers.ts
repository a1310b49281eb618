import type { RequestListener } from 'node:http';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import { stockPage } from '../../src/sandbox/balancer/pages.ts';

/** A whole answer, as each of the platform's parts gives it. */
export interface CannedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const balancer = (status: number, body = stockPage(status), headers = {}): CannedAnswer => ({
  status,
  headers: { server: 'awselb/2.0', 'content-type': 'text/html', ...headers },
  body,
});

const application = (status: number, detail: string, headers = {}): CannedAnswer => ({
  status,
  headers: { server: 'uvicorn', 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ detail }),
});

const mlflow = (status: number, code: string, message: string): CannedAnswer => ({
  status,
  headers: { server: 'uvicorn', 'content-type': 'application/json' },
  body: JSON.stringify({ error_code: code, message }),
});

const json = (body: unknown): CannedAnswer => ({
  status: 200,
  headers: { server: 'uvicorn', 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const page = (status: number, body: string): CannedAnswer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body,
});

/** Failure modes that an answer alone shows, to every kind of request that can show them. */
export const cannedAnswers: Readonly<Partial<Record<FailureMode, CannedAnswer>>> = {
  'lb-no-route': balancer(404, 'Not Found', { 'content-type': 'text/plain' }),
  'lb-no-target': balancer(503),
  'lb-bad-gateway': balancer(502),
  'lb-gateway-timeout': balancer(504),
  'waf-blocked': balancer(403),
  'redirect-unexpected': balancer(302, '', { location: 'http://platform.hokus.ai/elsewhere' }),
  'route-not-found': application(404, 'Not Found'),
  'auth-missing': application(401, 'API key required'),
  'auth-rejected': application(401, 'Invalid API key'),
  'auth-unavailable': application(503, 'Authentication service not available'),
  'auth-bypassed': json({ valid: true }),
  forbidden: application(403, 'REGISTRY_ADMIN_REQUIRED'),
  'rate-limited': application(429, 'Too Many Requests', { 'retry-after': '30' }),
  'upstream-unreachable': application(502, 'Failed to connect to MLflow server at http://mlflow.hokusai.local:5000'),
  'upstream-timeout': application(504, 'MLflow timed out'),
  'upstream-unavailable': application(503, 'Circuit breaker is open'),
  'server-error': application(500, 'Internal Server Error'),
  'resource-missing': mlflow(404, 'RESOURCE_DOES_NOT_EXIST', 'No such thing'),
  'database-error': mlflow(500, 'INTERNAL_ERROR', '(psycopg2.OperationalError) connection to server at "db" failed'),
  'read-only': mlflow(500, 'INTERNAL_ERROR', '(psycopg2.errors.ReadOnlySqlTransaction) cannot execute INSERT'),
  'artifact-store-error': mlflow(500, 'INTERNAL_ERROR', 'Failed to list artifacts in s3://models/1: Access Denied'),
  'unexpected-answerer': page(200, '<html><head><title>Sign in</title></head><input type="password"></html>'),
  'unexpected-status': application(400, 'Bad Request'),
  'unexpected-body': page(200, ''),
  'unexpected-version': json({ status: 'healthy', version: '2026.5.9' }),
  'dependency-unhealthy': json({ status: 'unhealthy', services: { redis: { status: 'down' } } }),
  'cors-rejected': json({ detail: 'Disallowed CORS origin' }),
};

/** Port 80 leads on, so an answer by the balancer itself is what is strange there. */
export const balancerSays200: CannedAnswer = balancer(200, '<html>welcome</html>');

export const answering =
  ({ status, headers, body }: CannedAnswer, afterMs = 0): RequestListener =>
  (request, response) => {
    request.resume();
    setTimeout(() => {
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
    }, afterMs);
  };

/** An MLflow of which the experiment is deleted, and stays so when it is restored. */
export const experimentStaysDeleted: RequestListener = (request, response) => {
  const name = new URL(request.url ?? '/', 'http://mlflow.test').searchParams.get('experiment_name');
  const found = { experiment: { experiment_id: '1', name, lifecycle_stage: 'deleted' } };
  const answer =
    request.method === 'DELETE'
      ? mlflow(404, 'RESOURCE_DOES_NOT_EXIST', 'Registered Model with that name not found')
      : json(request.url?.includes('get-by-name') === true ? found : {});
  answering(answer)(request, response);
};
