import type { YAMLError } from 'yaml';
import type { ConfigErrorData } from './config-errors.ts';

type SyntaxCode = YAMLError['code'];

/**
 * Plain words for the errors of yaml 2.9 (compose/ and parse/cst-scalar). Null keeps yaml's own message, where that
 * says more and quotes nothing of the text.
 */
const details: Readonly<Record<SyntaxCode, string | null>> = {
  ALIAS_PROPS: 'an alias (*name) cannot have an anchor or a tag of its own',
  BAD_ALIAS: 'an anchor (&name) or alias (*name) has no usable name; quote a value that begins with & or *',
  BAD_COLLECTION_TYPE: 'a tag (!!name) does not fit its value; remove it',
  BAD_DIRECTIVE: 'a line that begins with % is a directive, and this one is unknown; remove it',
  BAD_DQ_ESCAPE: 'in double quotes \\ starts an escape, and this one is unknown; use single quotes, or write \\\\',
  BAD_INDENT: null,
  BAD_PROP_ORDER: 'an anchor or a tag is in the wrong place',
  BAD_SCALAR_START: 'a value cannot begin with this character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second `:` on one line; put the value in quotes, or on its own line',
  BLOCK_IN_FLOW: 'a block cannot be inside { } or [ ]; a bracket above may be unclosed',
  DUPLICATE_KEY: 'a key is given twice',
  IMPOSSIBLE: 'it cannot be parsed',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters; a quote may be unclosed',
  MISSING_CHAR: null,
  MULTILINE_IMPLICIT_KEY: 'a key spans several lines; a `:` or a closing quote may be missing',
  MULTIPLE_ANCHORS: 'a value can have one anchor only',
  MULTIPLE_DOCS: 'a second document begins here',
  MULTIPLE_TAGS: 'a value can have one tag only; quote a value that begins with !',
  NON_STRING_KEY: 'a key must be a string',
  RESOURCE_EXHAUSTION: 'nested too deeply',
  TAB_AS_INDENT: 'a tab indents this line; use spaces',
  TAG_RESOLVE_FAILED: 'a tag (!name) is unknown; remove it, or quote a value that begins with !',
  UNEXPECTED_TOKEN: 'this is not allowed here; a bracket, quote or comma nearby may be missing or extra',
};

/** yaml reports these where the open part ends, which can be the end of the text. */
const openEnds: readonly (readonly [RegExp, string])[] = [
  [/closing .quote/, 'a quote is opened above and never closed'],
  [/end with a [}\]]/, 'a { or [ is opened above and not closed before here'],
];

export const syntaxDetail = ({ code, message }: YAMLError): ConfigErrorData => {
  const open = openEnds.find(([pattern]) => pattern.test(message))?.[1];
  return { code: 'syntax', detail: `is not YAML: ${open ?? details[code] ?? message}` };
};

export const unresolvedAlias: ConfigErrorData = {
  code: 'syntax',
  detail: 'is not YAML: an alias (*name) has no anchor (&name) above it; quote a value that begins with *',
};
