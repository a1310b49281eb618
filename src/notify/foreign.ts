import { cut } from '../wording/plain-text.ts';
import { notifyLimits } from './limits.ts';

/** Replaces secrets in a text: config/redact.ts makes one. */
export type Redact = (text: string) => string;

/** Marks that are not seen, and turn or join what is: they are taken out, so that nothing hides in between. */
const unseen = /\p{Cf}+/gu;

/** Control characters, halves of characters, what Unicode has not named, and any kind of space. */
const unprintable = /[\p{C}\p{Z}]+/gu;

/** One line that is safe in a mail, a terminal and XML. */
export const oneLine = (text: string): string => text.replace(unseen, '').replace(unprintable, ' ').trim();

/** A name from the configuration, in one line. */
export const nameOf = (text: string): string =>
  cut(oneLine(text.slice(0, notifyLimits.foreignRead)), notifyLimits.name);

/** How statements of a database begin, which hold what users wrote. */
const statement =
  /\[(?:SQL|parameters):|\bLINE \d{1,9}:|\b(?:INSERT INTO|DELETE FROM|CREATE TABLE|ALTER TABLE)\b|\bUPDATE \S+ SET\b/;

/** A line up to where a statement begins: a query, too, which is told by its second word. */
const withoutStatement = (line: string): string => {
  const query = line.search(/\bSELECT\b/);
  const isQuery = query !== -1 && /\bFROM\b/.test(line.slice(query));
  const found = [line.search(statement), isQuery ? query : -1].filter((at) => at !== -1);
  return found.length === 0 ? line : `${line.slice(0, Math.min(...found))}(a database statement)`;
};

/**
 * What a server said, as one line without secrets and without SQL. Redacted twice: as it came, for what is broken over lines,
 * and as it is shown, for what only then stands together.
 */
export const said = (text: string, redact: Redact, most: number = notifyLimits.foreignShown): string => {
  const line = redact(oneLine(redact(text.slice(0, notifyLimits.foreignRead))));
  return cut(withoutStatement(line), most);
};
