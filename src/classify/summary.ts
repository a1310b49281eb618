import { answererLabels } from '../model/answerers.ts';
import { failureModes } from '../model/failure-modes.ts';
import type { Attempted } from '../model/observation.ts';
import type { ReadResponse } from './answerer.ts';
import { objectOf } from './json.ts';
import type { Judgement } from './judgement.ts';
import { visibleText } from './visible-text.ts';

/** Characters of a message that are quoted in one line. */
const quoteLimit = 160;

/** One line for people: the evidence, the answerer, and the response's own words. */
export const summarize = (
  { failureMode, why }: Judgement,
  observation: Attempted,
  response: ReadResponse | null,
): string => {
  if (failureMode === null) return '';
  const { failure } = observation;
  const { meaning, certificate } = failureModes[failureMode];
  if (failure !== null) {
    const what = certificate ? shown(observation.tls) : null;
    return [meaning, why, what ?? failure.detail].filter((part) => part !== '').join(': ');
  }
  if (response === null) return why === '' ? meaning : `${meaning}: ${why}`;
  const redirect = observation.redirects[0];
  const quoted =
    why !== ''
      ? why
      : redirect !== undefined && response.status >= 300 && response.status < 400
        ? `to ${redirect.location}`
        : quote(response);
  return `${response.status} by ${answererLabels[response.answeredBy]}${quoted === '' ? '' : `: ${quoted}`}`;
};

/** The details to compare when the certificate itself is the failure. */
const shown = (tls: Attempted['tls']): string | null => {
  const certificate = tls?.certificate ?? null;
  if (certificate === null) return null;
  const { names, validFrom, validTo, issuer } = certificate;
  return `for ${names.length === 0 ? 'no name' : names.join(', ')}, from ${validFrom.slice(0, 10)} to ${validTo.slice(0, 10)}, by ${issuer}`;
};

/** The message in an error body: the JSON field that carries it, or the HTML text without tags. */
const quote = ({ body, json }: ReadResponse): string => {
  const object = objectOf(json);
  const text = object === null ? visibleText(body) : messageOf(object);
  const line = withoutSql(text.replace(/\s+/g, ' ')).trim();
  return line.length > quoteLimit ? `${line.slice(0, quoteLimit)}…` : line;
};

/** SQLAlchemy's message without its additions: a preamble, the statement with its values, a link. */
const withoutSql = (line: string): string => {
  // Leave a mark in its place: joining the text on both sides could rebuild a secret that was sent in two parts.
  const message = line.replace(/\(raised as a result of Query-invoked autoflush;[^()]*\)/, '…');
  const statement = message.search(/ ?(LINE \d{1,9}:|\[SQL:)/);
  return statement === -1 ? message : message.slice(0, statement);
};

const messageOf = (json: Readonly<Record<string, unknown>>): string => {
  const found = ['message', 'detail', 'error', 'msg', 'title']
    .map((key) => json[key])
    .find((value) => value !== undefined);
  return typeof found === 'string' ? found : JSON.stringify(found ?? json);
};
