import { type ConfigErrorAt, finding, kindOf, type Position } from './config-errors.ts';
import { parsePlainJson } from './plain-json.ts';

export interface ConfigSource {
  readonly text: string;
  /** Its name in messages: a file's name, or the other source that it came from. */
  readonly name: string;
  /** Base of relative file names in it. Default: the working directory. */
  readonly folder?: string;
}

/** A larger file is probably the wrong one. Hostile YAML of this size is refused within seconds. */
const sizeLimit = 256 * 1024;

export interface ReadDocument {
  /** Undefined: unreadable, and the findings say why. An empty text is an empty mapping. */
  readonly value: unknown;
  readonly findings: readonly ConfigErrorAt[];
}

/** Parses YAML or JSON. The yaml package is loaded only when the text is not plain JSON. */
export const readDocument = async (text: string): Promise<ReadDocument> => {
  const bytes = Buffer.byteLength(text);
  if (bytes > sizeLimit)
    return { value: undefined, findings: [finding([], { code: 'too-large', bytes, limit: sizeLimit })] };
  const plain = parsePlainJson(text);
  if (plain !== undefined) return asMapping(plain, []);
  const { readYaml } = await import('./yaml-document.ts');
  const { value, findings } = readYaml(text);
  return value === undefined ? { value, findings } : asMapping(value, findings);
};

const asMapping = (value: unknown, findings: readonly ConfigErrorAt[]): ReadDocument => {
  const found = kindOf(value);
  // An empty text, or only comments: all defaults.
  if (found === 'nothing') return { value: {}, findings };
  if (found === 'mapping') return { value, findings };
  return { value: undefined, findings: [...findings, finding([], { code: 'not-a-configuration', found })] };
};

/** Gives each finding its line and column. */
export const locateAll = async (
  text: string,
  findings: readonly ConfigErrorAt[],
): Promise<readonly (readonly [ConfigErrorAt, Position | null])[]> => {
  const pending = findings.some(({ position, path }) => position === null && path.length > 0);
  if (!pending) return findings.map((each) => [each, each.position]);
  const { readYaml } = await import('./yaml-document.ts');
  const { locate } = readYaml(text);
  return findings.map((each) => [each, each.position ?? (each.path.length > 0 ? locate(each.path, each.part) : null)]);
};
