import * as v from 'valibot';
import { answererLabels } from '../answerers.ts';
import { failureModes } from '../failure-modes.ts';
import { ownCommand } from '../own-command.ts';

export const keysOf = <T extends object>(labels: T): (keyof T & string)[] =>
  Object.keys(labels) as (keyof T & string)[];

export const status = v.picklist(['pass', 'degraded', 'fail', 'inconclusive', 'skipped']);
export const failureMode = v.nullable(v.picklist(keysOf(failureModes)));
export const answeredBy = v.nullable(v.picklist(keysOf(answererLabels)));
export const schemaVersion = v.literal(1);

/** How to get a report that can be read. */
export const wayOut = `save a new one: ${ownCommand('check', '--format', 'json', '--output', 'report.json')}`;

/** The place and what is wrong there: `outcomes.3.status is missing`. */
export const reasonOf = (issue: v.BaseIssue<unknown>): string => {
  const place = issue.path?.map(({ key }) => String(key)).join('.') ?? 'the whole';
  return issue.received === 'undefined'
    ? `${place} is missing`
    : `${place} ${issue.received} is not known to this version`;
};
