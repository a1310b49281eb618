import * as v from 'valibot';
import { type Finding, finding } from './fault.ts';
import { findingOf } from './issues.ts';
import { nearest } from './nearest.ts';
import { PathSet } from './path-set.ts';
import { type Configuration, configurationSchema, standardIds } from './schema/configuration.ts';
import { checkStructure, isMapping, type SchemaNode, tooDeep } from './structure.ts';

interface Checked {
  readonly findings: readonly Finding[];
  /** The document without the sections, and the targets, in which something was found: what is left is valid. */
  readonly sound: Configuration;
}

/** Everything that can be said of a document by its shape alone. */
export const check = (document: unknown): Checked => {
  const deep = tooDeep(document);
  if (deep !== null) return { findings: [deep], sound: {} };
  const structure = checkStructure(configurationSchema as unknown as SchemaNode, document);
  const { issues = [] } = v.safeParse(configurationSchema, document, { abortPipeEarly: true });
  const said = new PathSet(structure.map(({ path }) => path));
  const values = issues.flatMap((issue) => findingOf(issue) ?? []).filter(({ path }) => !said.covers(path));
  const named = [...structure, ...values].map(targetFinding);
  const strangers = new PathSet(named.filter(({ fault }) => fault.code === 'unknown-target').map(({ path }) => path));
  const findings = named.filter(({ path }) => path.length <= 2 || !strangers.has(path.slice(0, 2)));
  return { findings, sound: soundPart(document, findings) };
};

/** An entry of `targets` without a url is meant to be a default target, and is none. */
const targetFinding = (each: Finding): Finding => {
  const [section, id] = each.path;
  if (each.fault.code !== 'missing-key' || each.fault.key !== 'url' || section !== 'targets') return each;
  return finding(each.path, { code: 'unknown-target', nearest: nearest(String(id), standardIds) }, 'key');
};

const soundPart = (document: unknown, findings: readonly Finding[]): Configuration => {
  if (!isMapping(document)) return {};
  // A target that is broken spoils no other; anything else spoils its section.
  const spoilt = new PathSet(findings.map(({ path }) => path.slice(0, path[0] === 'targets' ? 2 : 1)));
  if (spoilt.has([])) return {};
  const sections = Object.entries(document).flatMap(([section, value]) => {
    if (spoilt.has([section])) return [];
    if (section !== 'targets' || !isMapping(value)) return [[section, value]];
    return [[section, Object.fromEntries(Object.entries(value).filter(([id]) => !spoilt.has([section, id])))]];
  });
  return Object.fromEntries(sections) as Configuration;
};
