import { describe } from 'vitest';
import { html, json, testJudged } from './judged-response.ts';

const flaskPage = (status: number, title: string): string =>
  `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>…</p>\n`;

describe('a response of MLflow is judged by its status and page', () => {
  testJudged([
    {
      title: "MLflow's 404 for a route that it removed",
      id: 'registry.mlflow-api-list',
      status: 404,
      headers: html,
      body: flaskPage(404, 'Not Found'),
      failureMode: null,
      answeredBy: 'mlflow',
    },
    {
      title: 'an imitation of MLflow’s 404',
      id: 'registry.mlflow-api-search',
      status: 404,
      headers: json,
      body: '{"error_code":"RESOURCE_NOT_FOUND"}',
      failureMode: 'route-not-found',
      answeredBy: 'application',
    },
    {
      title: 'document B’s HTML 404',
      id: 'registry.mlflow-proxy-search',
      status: 404,
      headers: html,
      body: flaskPage(404, 'Not Found'),
      failureMode: 'route-not-found',
      answeredBy: 'mlflow',
    },
    {
      title: "MLflow's own user check",
      id: 'mlflow.root',
      status: 401,
      headers: { ...html, 'www-authenticate': 'Basic realm="mlflow"' },
      body: 'You are not authenticated.',
      failureMode: 'auth-rejected',
      answeredBy: 'mlflow',
    },
    {
      title: "MLflow's host check",
      id: 'mlflow.root',
      status: 403,
      headers: { 'content-type': 'text/plain' },
      body: 'Invalid Host header - possible DNS rebinding attack detected',
      failureMode: 'unexpected-status',
      answeredBy: 'mlflow',
    },
    {
      title: 'a refused database',
      id: 'registry.mlflow-proxy-search',
      status: 503,
      headers: json,
      body: '{"error_code":"TEMPORARILY_UNAVAILABLE","message":"(psycopg2.OperationalError) connection to server at \\"db\\" failed: Connection refused"}',
      failureMode: 'database-error',
      answeredBy: 'mlflow',
    },
    {
      title: 'a wrong database password',
      id: 'registry.mlflow-proxy-search',
      status: 503,
      headers: json,
      body: '{"error_code":"TEMPORARILY_UNAVAILABLE","message":"FATAL:  password authentication failed for user \\"postgres\\""}',
      failureMode: 'database-error',
      answeredBy: 'mlflow',
    },
    {
      title: 'an exhausted pool',
      id: 'registry.mlflow-proxy-search',
      status: 400,
      headers: json,
      body: '{"error_code":"BAD_REQUEST","message":"QueuePool limit of size 5 overflow 10 reached, connection timed out"}',
      failureMode: 'database-error',
      answeredBy: 'mlflow',
    },
    {
      title: 'a missing table',
      id: 'registry.mlflow-proxy-search',
      status: 400,
      headers: json,
      body: '{"error_code":"BAD_REQUEST","message":"(psycopg2.errors.UndefinedTable) relation \\"experiments\\" does not exist"}',
      failureMode: 'database-error',
      answeredBy: 'mlflow',
    },
    {
      title: 'an unhandled error in MLflow',
      id: 'registry.mlflow-ui',
      status: 500,
      headers: html,
      body: flaskPage(500, 'Internal Server Error'),
      failureMode: 'server-error',
      answeredBy: 'mlflow',
    },
    {
      title: 'a missing experiment',
      id: 'registry.mlflow-proxy-search',
      status: 404,
      headers: json,
      body: '{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No experiment"}',
      failureMode: 'resource-missing',
      answeredBy: 'mlflow',
    },
  ]);
});
