import type { Target } from '../model/target.ts';
import { type ConfigErrorAt, finding } from './config-errors.ts';
import { nearest } from './nearest.ts';
import { standardIds, standardKeys, standardKind } from './schema/configuration.ts';
import { ownDns, ownHttp, ownTls } from './schema/target.ts';
import { isMapping } from './structure.ts';

type Kind = Target['kind'];

const keysOfKind: Readonly<Record<Kind, readonly string[]>> = {
  http: Object.keys(ownHttp.entries),
  dns: Object.keys(ownDns.entries),
  tls: Object.keys(ownTls.entries),
};
const kinds = Object.keys(keysOfKind) as readonly Kind[];

const kindsWith = (key: string): readonly Kind[] => kinds.filter((kind) => keysOfKind[kind].includes(key));

/** Rewrites a finding of the schema for the `targets` section, which is given as `targets`. */
export const targetError = (each: ConfigErrorAt, targets: unknown): ConfigErrorAt => {
  const [section, id, key] = each.path;
  if (section !== 'targets' || typeof id !== 'string') return each;
  if (id === 'only') return each.path.length === 2 ? onlyError(each) : each;
  const entry = isMapping(targets) && isMapping(targets[id]) ? targets[id] : {};
  const { fault } = each;
  if (fault.code === 'missing-key' && fault.key === 'url' && !('kind' in entry))
    return finding(each.path, strangerError(id, Object.keys(entry)), 'key');
  if ((fault.code === 'unknown-key' || fault.code === 'misplaced-key') && each.path.length === 3)
    return otherKindError(each, id, String(key), entry);
  return each;
};

const onlyError = (each: ConfigErrorAt): ConfigErrorAt => {
  const { fault, path } = each;
  if (fault.code === 'wrong-type' && fault.found === 'mapping')
    return finding(path, { code: 'only-is-no-target' }, 'key');
  return fault.code === 'empty' ? finding(path, { code: 'only-names-nothing' }, 'key') : each;
};

/** Neither a default target nor a request: either a mistyped default id, or a target without its kind. */
const strangerError = (id: string, keys: readonly string[]): ConfigErrorAt['fault'] => {
  const meant = nearest(id, standardIds);
  const telling = keys.filter((key) => kindsWith(key).length > 0 && !kindsWith(key).includes('http'));
  const isSlip = meant !== null && telling.every((key) => standardKeys(meant).includes(key));
  if (telling.length === 0 || isSlip) return { code: 'unknown-target', nearest: meant };
  const possible = kinds.filter((kind) => telling.every((key) => keysOfKind[kind].includes(key)));
  return { code: 'kind-missing', keys: telling, kinds: possible.length > 0 ? possible : kindsWith(telling[0] ?? '') };
};

const otherKindError = (
  each: ConfigErrorAt,
  id: string,
  key: string,
  entry: Readonly<Record<string, unknown>>,
): ConfigErrorAt => {
  const standard = standardKind(id);
  if (key === 'kind' && standard !== null)
    return finding(each.path, { code: 'kind-of-default', kind: standard }, 'key');
  const kind = standard ?? kinds.find((one) => one === entry['kind']) ?? 'http';
  const others = kindsWith(key);
  if (others.length === 0 || others.includes(kind)) return each;
  return finding(each.path, { code: 'key-of-other-kind', kind, others, isOwn: standard === null }, 'key');
};
