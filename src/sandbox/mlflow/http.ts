import { STATUS_CODES } from 'node:http';
import type { MlflowError } from './errors.ts';
import { dumps, dumpsIndented, type Json } from './json.ts';

export interface Request {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface StandInResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly content: string | Buffer;
  /** Sent in chunks, as for Flask streams or middleware responses without a length. */
  readonly chunked?: boolean;
}

/** Percent-decoding that never fails, like Python's. */
export const unquote = (given: string): string => {
  try {
    return decodeURIComponent(given);
  } catch {
    return given;
  }
};

const html = 'text/html; charset=utf-8';

export const json = (value: Json): StandInResponse => ({
  status: 200,
  headers: [['content-type', 'application/json']],
  content: dumpsIndented(value),
});

export const failure = (error: MlflowError): StandInResponse => ({
  status: error.status,
  headers: [['content-type', 'application/json']],
  content: dumps({ error_code: error.code, message: error.message }),
});

/** The response of a Flask view that returns a string: its content type is HTML, whatever the string is. */
export const text = (content: string, status = 200): StandInResponse => ({
  status,
  headers: [['content-type', html]],
  content,
});

/** Werkzeug's pages for an error that no handler answers (werkzeug/exceptions.py, 3.1). */
const descriptions = {
  404: 'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
  405: 'The method is not allowed for the requested URL.',
  500: 'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
} as const;

export const page = (status: keyof typeof descriptions): StandInResponse => ({
  status,
  headers: [['content-type', html]],
  content: `<!doctype html>\n<html lang=en>\n<title>${status} ${STATUS_CODES[status]}</title>\n<h1>${STATUS_CODES[status]}</h1>\n<p>${descriptions[status]}</p>\n`,
});

export const redirect = (location: string): StandInResponse => ({
  status: 308,
  headers: [
    ['content-type', html],
    ['location', location],
  ],
  content: `<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n<p>You should be redirected automatically to the target URL: <a href="${location}">${location}</a>. If not, click the link.\n`,
});
