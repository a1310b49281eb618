import type { YAMLError } from 'yaml';
import type { ConfigErrorData } from './config-errors.ts';

type SyntaxCode = YAMLError['code'];

/**
 * What yaml's errors mean. Its own messages are kept where they say more than this and quote nothing of the text
 * (yaml 2.9, compose/ and parse/cst-scalar): null.
 */
const details: Readonly<Record<SyntaxCode, string | null>> = {
  ALIAS_PROPS: 'an alias (*name) cannot have an anchor or a tag of its own',
  BAD_ALIAS: 'an anchor (&name) or alias (*name) has no usable name; quote a value that begins with & or *',
  BAD_COLLECTION_TYPE: 'a tag (!!name) does not fit its value; remove it',
  BAD_DIRECTIVE: 'a line that begins with % is a directive, and this one is unknown; remove it',
  BAD_DQ_ESCAPE: 'in double quotes \\ begins an escape, and this one is unknown; use single quotes, or write \\\\',
  BAD_INDENT: null,
  BAD_PROP_ORDER: 'an anchor or a tag stands in the wrong place',
  BAD_SCALAR_START: 'a value cannot begin with this character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second `:` on one line; put the value in quotes, or on its own line',
  BLOCK_IN_FLOW: 'a block cannot stand inside of { } or [ ]; a bracket may not be closed above',
  DUPLICATE_KEY: 'a key is given twice',
  IMPOSSIBLE: 'this is no YAML',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters; a quote may not be closed',
  MISSING_CHAR: null,
  MULTILINE_IMPLICIT_KEY: 'a key goes over several lines; a `:` or a closing quote may be missing',
  MULTIPLE_ANCHORS: 'a value can have one anchor only',
  MULTIPLE_DOCS: 'a second document begins here',
  MULTIPLE_TAGS: 'a value can have one tag only; quote a value that begins with !',
  NON_STRING_KEY: 'a key must be a text',
  RESOURCE_EXHAUSTION: 'nested too deeply',
  TAB_AS_INDENT: 'a tab indents this line; use blanks',
  TAG_RESOLVE_FAILED: 'a tag (!name) is unknown; remove it, or quote a value that begins with !',
  UNEXPECTED_TOKEN: 'this cannot stand here; a bracket, a quote or a comma near it may be missing or too many',
};

/** yaml notices at the end of what is open, which can be the end of the text. */
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
