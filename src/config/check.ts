import * as v from 'valibot';
import type { ConfigErrorAt } from './config-errors.ts';
import { findingOf } from './issues.ts';
import { PathSet } from './path-set.ts';
import { type Configuration, configurationSchema } from './schema/configuration.ts';
import { checkStructure, isMapping, type SchemaNode, tooDeep } from './structure.ts';
import { targetError } from './target-findings.ts';

interface Checked {
  readonly findings: readonly ConfigErrorAt[];
  /** The document without its invalid sections and targets: the rest is valid. */
  readonly sound: Configuration;
  /** Ids of the targets that were removed. */
  readonly brokenTargets: readonly string[];
}

/** Every error that the shape of a document shows. */
export const check = (document: unknown): Checked => {
  const deep = tooDeep(document);
  if (deep !== null) return { findings: [deep], sound: {}, brokenTargets: [] };
  const structure = checkStructure(configurationSchema as unknown as SchemaNode, document);
  const { issues = [] } = v.safeParse(configurationSchema, document, { abortPipeEarly: true });
  const said = new PathSet(structure.map(({ path }) => path));
  const values = issues.flatMap((issue) => findingOf(issue) ?? []).filter(({ path }) => !said.covers(path));
  const targets = isMapping(document) ? document['targets'] : undefined;
  const named = [...structure, ...values].map((each) => targetError(each, targets));
  const strangers = new PathSet(named.filter(({ fault }) => isStranger(fault)).map(({ path }) => path));
  const findings = named.filter(({ path }) => path.length <= 2 || !strangers.has(path.slice(0, 2)));
  const sound = soundPart(document, findings);
  const ids = isMapping(targets) ? Object.keys(targets) : [];
  return {
    findings,
    sound,
    brokenTargets: ids.filter((id) => id !== 'only' && !Object.hasOwn(sound.targets ?? {}, id)),
  };
};

/** While the kind of a target is unknown, its keys cannot be checked. */
const isStranger = ({ code }: ConfigErrorAt['fault']): boolean => code === 'unknown-target' || code === 'kind-missing';

const soundPart = (document: unknown, findings: readonly ConfigErrorAt[]): Configuration => {
  if (!isMapping(document)) return {};
  // An invalid target is dropped alone; any other error drops its whole section.
  const spoilt = new PathSet(findings.map(({ path }) => path.slice(0, path[0] === 'targets' ? 2 : 1)));
  if (spoilt.has([])) return {};
  const sections = Object.entries(document).flatMap(([section, value]) => {
    if (spoilt.has([section])) return [];
    if (section !== 'targets' || !isMapping(value)) return [[section, value]];
    const { only, ...targets } = Object.fromEntries(Object.entries(value).filter(([id]) => !spoilt.has([section, id])));
    return [[section, targets], ...(only === undefined ? [] : [['only', only]])];
  });
  return Object.fromEntries(sections) as Configuration;
};
