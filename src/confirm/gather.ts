import type { Asker } from './ask.ts';
import type { Params } from './client.ts';
import type { Fact, FactName, Facts, Known, Unknown } from './facts.ts';
import { confirmLimits } from './limits.ts';
import { knownValue, type Lookup, type Lookups, type Needed, type Paging } from './lookup.ts';
import { lookupOf, lookups } from './lookups/all.ts';
import type { Operation } from './operations.ts';
import type { Subject } from './subject.ts';
import { optional, type Tree, UnexpectedForm } from './tree.ts';
import type { TroubleKind } from './trouble.ts';

/**
 * Learns these facts about a subject, and what they need first. Independent calls run in parallel. Never throws.
 *
 * @param more lookups that are not among those that decide
 */
export const gather = async (
  names: readonly FactName[],
  subject: Subject,
  asker: Asker,
  more: Partial<Lookups> = {},
): Promise<Known> => {
  const all: Partial<Lookups> = { ...lookups, ...more };
  const facts = new Map<FactName, Promise<Fact<unknown>>>();
  const learn = (name: FactName): Promise<Fact<unknown>> => {
    const fact = facts.get(name) ?? learnOne(name, subject, { learn, asker, lookups: all });
    facts.set(name, fact);
    return fact;
  };
  await Promise.all(names.map(learn));
  const known = await Promise.all([...facts].map(async ([name, fact]) => [name, await fact] as const));
  return Object.fromEntries(known) as Known;
};

interface Means {
  readonly learn: (name: FactName) => Promise<Fact<unknown>>;
  readonly asker: Asker;
  readonly lookups: Partial<Lookups>;
}

const unknown = (operation: Operation, trouble: TroubleKind, detail = ''): Unknown => ({
  state: 'unknown',
  operation,
  trouble,
  detail,
});

const learnOne = async <Name extends FactName>(
  name: Name,
  subject: Subject,
  { learn, asker, lookups: all }: Means,
): Promise<Fact<Facts[Name]>> => {
  const lookup = all[name] as Lookup<Name> | undefined;
  if (lookup === undefined) throw new Error(`nothing looks ${name} up`);
  const needed = await Promise.all(lookup.needs.map(async (one) => [one, await learn(one)] as const));
  const missing = needed.map(([, fact]) => fact).find((fact) => fact.state === 'unknown');
  if (missing !== undefined) return missing;
  const known = Object.fromEntries(needed) as Known;
  const values = Object.fromEntries(lookup.needs.map((one) => [one, knownValue(known, one)])) as unknown as Needed;
  const operation = lookup.operation ?? operationBehind(lookup.needs);
  const calls = lookup.calls(subject, values);
  if (calls === null) return unknown(operation, 'not-named');
  if (calls.length > confirmLimits.fanOut)
    return unknown(operation, 'incomplete', `${calls.length} calls, and at most ${confirmLimits.fanOut} are made`);
  const answers = await Promise.all(calls.map((params) => pagesOf(operation, params, lookup, asker)));
  const failed = answers.find((one): one is Unknown => 'state' in one);
  if (failed !== undefined) return failed;
  try {
    const pages = answers as readonly (readonly Tree[])[];
    return { state: 'known', value: lookup.read(pages.flat(), subject, values, pages) };
  } catch (error) {
    return unknown(operation, 'unexpected', error instanceof UnexpectedForm ? error.message : String(error));
  }
};

/** The call that a fact without one follows from. */
export const operationBehind = ([first]: readonly FactName[]): Operation => {
  if (first === undefined) throw new Error('a fact without a call follows from another');
  const { operation, needs } = lookupOf(first);
  return operation ?? operationBehind(needs);
};

/** All pages of one call; or why they are not all known. */
const pagesOf = async (
  operation: Operation,
  params: Params,
  { paging, absent }: { readonly paging?: Paging; readonly absent?: string },
  { ask }: Asker,
): Promise<readonly Tree[] | Unknown> => {
  const pages: Tree[] = [];
  let next: Params = params;
  for (;;) {
    const answer = await ask(operation, next);
    if (answer.kind === 'unanswered' && absent !== undefined && answer.trouble.code === absent) return [null];
    if (answer.kind === 'unanswered') return unknown(operation, answer.trouble.kind, answer.trouble.detail);
    pages.push(answer.tree);
    const token = paging === undefined ? null : optional(answer.tree, ...paging.path);
    if (paging === undefined || token === null) return pages;
    if (pages.length === confirmLimits.pages)
      return unknown(operation, 'incomplete', `more than ${pages.length} pages`);
    next = { ...params, [paging.parameter]: token };
  }
};
