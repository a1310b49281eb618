import type { Answerer } from '../platform/answerers.ts';
import { answererLabels } from '../platform/answerers.ts';
import { failureModes } from '../platform/failure-modes.ts';
import type { Attempted, ResponseEvidence } from '../platform/observation.ts';
import { isObject, parseJson } from './json.ts';
import type { Judgement } from './judgement.ts';

/** Characters of a message that are quoted in one line. */
const quoteLimit = 160;

/** One line for a person: what was seen, from whom, and in whose words. */
export const summarize = (judgement: Judgement, observation: Attempted, answeredBy: Answerer | null): string => {
  const { failureMode, why } = judgement;
  if (failureMode === null) return '';
  const { failure, response } = observation;
  const meaning: string = failureModes[failureMode].meaning;
  if (failure !== null)
    return `${meaning}: ${(failure.phase === 'tls' ? shown(observation.tls) : null) ?? failure.detail}`;
  if (response === null || answeredBy === null) return why === '' ? meaning : `${meaning}: ${why}`;
  const redirect = observation.redirects[0];
  const quoted =
    why !== ''
      ? why
      : redirect !== undefined && response.status >= 300 && response.status < 400
        ? `to ${redirect.location}`
        : quote(response);
  return `${response.status} by ${answererLabels[answeredBy]}${quoted === '' ? '' : `: ${quoted}`}`;
};

/** What a person compares, when the certificate that was shown is the failure. */
const shown = (tls: Attempted['tls']): string | null => {
  const certificate = tls?.certificate ?? null;
  if (certificate === null) return null;
  const { names, validFrom, validTo, issuer } = certificate;
  return `for ${names.join(', ')}, from ${validFrom.slice(0, 10)} to ${validTo.slice(0, 10)}, by ${issuer}`;
};

/** The message of an error's body: the field that carries it in JSON, the text without its tags in HTML. */
const quote = ({ body }: ResponseEvidence): string => {
  const json = parseJson(body);
  const text = isObject(json)
    ? messageOf(json)
    : body.replace(/<(head|style|script)\b[\s\S]*?<\/\1>|<title\b[\s\S]*?<\/title>|<[^>]*>/gi, ' ');
  const line = withoutSql(text.replace(/\s+/g, ' ')).trim();
  return line.length > quoteLimit ? `${line.slice(0, quoteLimit)}…` : line;
};

/** SQLAlchemy's message without what it adds for its own users: a preamble, the statement with its values, a link. */
const withoutSql = (line: string): string =>
  line
    .replace(/\(raised as a result of Query-invoked autoflush;[^)]{0,200}\)/, '')
    .replace(/ ?(LINE \d+:|\[SQL:).*$/, '');

const messageOf = (json: Readonly<Record<string, unknown>>): string => {
  const found = ['message', 'detail', 'error', 'msg', 'title']
    .map((key) => json[key])
    .find((value) => value !== undefined);
  return typeof found === 'string' ? found : JSON.stringify(found ?? json);
};
