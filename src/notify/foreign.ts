import { cut } from '../wording/plain-text.ts';
import { notifyLimits } from './limits.ts';

/** Replaces secrets in a text; made by config/redact.ts. */
export type Redact = (text: string) => string;

/** Invisible characters that reorder or join text. They are removed so that they cannot hide a secret. */
const unseen = /\p{Cf}+/gu;

/** Control characters, lone surrogates, unassigned code points and any kind of space. */
const unprintable = /[\p{C}\p{Z}]+/gu;

/** One line that is safe in a mail, a terminal and XML. */
export const oneLine = (text: string): string => text.replace(unseen, '').replace(unprintable, ' ').trim();

/** A name from the configuration, on one line. */
export const nameOf = (text: string): string =>
  cut(oneLine(text.slice(0, notifyLimits.foreignRead)), notifyLimits.name);

/** Starts of SQL statements, which contain users' data. */
const statement =
  /\[(?:SQL|parameters):|\bLINE \d{1,9}:|\b(?:INSERT INTO|DELETE FROM|CREATE TABLE|ALTER TABLE)\b|\bUPDATE \S+ SET\b/;

/** Cuts a line at the start of a statement. A query counts only if FROM follows SELECT. */
const withoutStatement = (line: string): string => {
  const query = line.search(/\bSELECT\b/);
  const isQuery = query !== -1 && /\bFROM\b/.test(line.slice(query));
  const found = [line.search(statement), isQuery ? query : -1].filter((at) => at !== -1);
  return found.length === 0 ? line : `${line.slice(0, Math.min(...found))}(a database statement)`;
};

/**
 * Server text as one line, without secrets and SQL. It is redacted twice: as received, to find secrets that span lines,
 * and as shown, to find secrets that become complete when the lines are joined.
 */
export const said = (text: string, redact: Redact, most: number = notifyLimits.foreignShown): string => {
  const line = redact(oneLine(redact(text.slice(0, notifyLimits.foreignRead))));
  return cut(withoutStatement(line), most);
};
