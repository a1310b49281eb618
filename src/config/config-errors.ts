import type { Target } from '../model/target.ts';
import type { Format } from './format.ts';

/** The type of a value; wording.ts names it. */
export type Kind = 'nothing' | 'boolean' | 'number' | 'text' | 'list' | 'mapping';

type TargetKind = Target['kind'];

/** Every mistake in a configuration, as a code with its data; wording.ts makes the message. Never holds a value that could be a secret. */
export type ConfigErrorData =
  | { readonly code: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly code: 'syntax'; readonly detail: string }
  | { readonly code: 'several-documents' }
  | { readonly code: 'not-a-configuration'; readonly found: Kind }
  | { readonly code: 'too-many-aliases'; readonly limit: number }
  | { readonly code: 'too-deep'; readonly limit: number }
  | { readonly code: 'duplicate-key'; readonly firstLine: number | null }
  | { readonly code: 'unknown-key'; readonly nearest: string | null; readonly known: readonly string[] }
  | { readonly code: 'misplaced-key'; readonly belongs: string }
  | { readonly code: 'unknown-target'; readonly nearest: string | null }
  | { readonly code: 'missing-key'; readonly key: string }
  /** `keys`: keys that only targets of these kinds have. */
  | { readonly code: 'kind-missing'; readonly keys: readonly string[]; readonly kinds: readonly TargetKind[] }
  | { readonly code: 'kind-of-default'; readonly kind: TargetKind }
  /** `others`: the kinds of targets that have this key. */
  | {
      readonly code: 'key-of-other-kind';
      readonly kind: TargetKind;
      readonly others: readonly TargetKind[];
      readonly isOwn: boolean;
    }
  | { readonly code: 'only-is-no-target' }
  | { readonly code: 'only-names-nothing' }
  /** `group`: ids of the targets that are grouped under this name. */
  | { readonly code: 'only-names-group'; readonly group: readonly string[] }
  | { readonly code: 'only-names-step' }
  | { readonly code: 'only-names-disabled'; readonly switch: string }
  | { readonly code: 'wrong-type'; readonly expected: Kind; readonly found: Kind }
  | { readonly code: 'not-one-of'; readonly allowed: readonly string[]; readonly nearest: string | null }
  | { readonly code: 'not-whole' }
  | { readonly code: 'below'; readonly least: number }
  | { readonly code: 'above'; readonly most: number }
  | { readonly code: 'too-long'; readonly most: number; readonly unit: 'characters' | 'entries' }
  | { readonly code: 'empty' }
  | { readonly code: 'malformed'; readonly format: Format }
  | { readonly code: 'secret-in-document'; readonly what: string }
  | { readonly code: 'ca-file'; readonly file: string; readonly why: CaFileFault }
  /** `otherwise`: the setting that does without the key; null: there is none. */
  | { readonly code: 'key-over-http'; readonly otherwise: string | null }
  | { readonly code: 'key-to-foreign-host'; readonly host: string; readonly otherwise: string | null }
  | { readonly code: 'key-needed'; readonly otherwise: string | null }
  | { readonly code: 'body-not-sent'; readonly method: string }
  | { readonly code: 'body-not-returned'; readonly to: 'method' | 'status' }
  | { readonly code: 'several-bodies'; readonly keys: readonly string[] }
  | { readonly code: 'duplicate-header' }
  | { readonly code: 'inherited-name' }
  | { readonly code: 'reserved-id' }
  | { readonly code: 'unknown-predecessor'; readonly nearest: string | null }
  | { readonly code: 'waits-for-itself'; readonly circle: readonly string[] }
  | { readonly code: 'more-failures-than-cycles' }
  /** `known`: the kinds of ids that fit here, in words. */
  | { readonly code: 'unknown-id'; readonly known: string; readonly nearest: string | null }
  | { readonly code: 'mutes-not-one' }
  | { readonly code: 'secret-not-found' }
  | { readonly code: 'secret-not-fetched'; readonly from: 'file' | 'secretsManager' | 'ssm'; readonly detail: string }
  | { readonly code: 'secret-empty' }
  | { readonly code: 'secret-unusable'; readonly why: UnusableSecret }
  | { readonly code: 'secret-field'; readonly why: SecretFieldFault };

export type ConfigErrorCode = ConfigErrorData['code'];

export type CaFileFault =
  | 'missing'
  | 'unreadable'
  | 'not-a-file'
  | 'too-large'
  | 'no-certificate'
  | 'broken-certificate'
  | 'private-key';

export type UnusableSecret =
  | 'blank'
  | 'json'
  | 'named'
  | 'white-space'
  | 'control-character'
  | 'escaped'
  | 'quoted'
  | 'placeholder'
  | 'not-ascii'
  | 'too-short'
  | 'too-long';

export type SecretFieldFault = 'not-json' | 'missing' | 'not-text' | 'unnamed';

export type Path = readonly (string | number)[];

/** Both from 1; columns in UTF-16 units, as in editors. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An error and its place. `position` is set from the start only where no path exists, as in broken syntax. */
export interface ConfigErrorAt {
  readonly path: Path;
  /** Whether the key or its value is wrong. */
  readonly part: 'key' | 'value';
  readonly fault: ConfigErrorData;
  readonly position: Position | null;
}

export const finding = (path: Path, fault: ConfigErrorData, part: ConfigErrorAt['part'] = 'value'): ConfigErrorAt => ({
  path,
  part,
  fault,
  position: null,
});

export const kindOf = (value: unknown): Kind => {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'number':
    case 'bigint':
      return 'number';
    case 'string':
      return 'text';
    default:
      return 'mapping';
  }
};
