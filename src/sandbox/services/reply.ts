import type { IncomingMessage, ServerResponse } from 'node:http';

/** A response as FastAPI under uvicorn sends it. */
export const reply = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  send(response, status, JSON.stringify(value), { 'content-type': 'application/json', ...headers });
};

export const send = (
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>>,
): void => {
  response.writeHead(status, { server: 'uvicorn', 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
};

/** The key of a request, in the forms that a service reads. */
export const keyOf = (
  { headers }: IncomingMessage,
  forms: readonly ('bearer' | 'x-api-key')[] = ['bearer', 'x-api-key'],
): string | null => {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const header = headers['x-api-key'];
  if (forms.includes('bearer') && bearer !== undefined) return bearer;
  return forms.includes('x-api-key') && typeof header === 'string' ? header : null;
};
