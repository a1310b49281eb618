import type {
  CaFileFault,
  ConfigErrorCode,
  ConfigErrorData,
  Kind,
  Path,
  SecretFieldFault,
  UnusableSecret,
} from './config-errors.ts';
import { formats } from './format.ts';

export interface Words {
  /** Printed after the path. */
  readonly reason: string;
  /** How to fix it; empty when the reason says enough. */
  readonly hint: string;
}

/** A remark on a valid configuration. */
export interface Note {
  readonly path: Path;
  readonly words: Words;
}

type Of<C extends ConfigErrorCode> = Extract<ConfigErrorData, { readonly code: C }>;

const say = (reason: string, hint = ''): Words => ({ reason, hint });

const kinds: Readonly<Record<Kind, string>> = {
  nothing: 'nothing',
  boolean: 'true or false',
  number: 'a number',
  text: 'a string',
  list: 'a list',
  mapping: 'a mapping',
};

const caFileWords: Readonly<Record<CaFileFault, Words>> = {
  missing: say('does not exist', 'a relative path starts at the folder of the configuration'),
  unreadable: say('cannot be read', 'check its permissions, and those of the folders above it'),
  'not-a-file': say('is not a file', 'name a file of certificates, not a folder or a pipe'),
  'too-large': say('is larger than 1 MiB', 'it should hold trusted certificates only'),
  'no-certificate': say(
    'contains no PEM certificate',
    'it must contain -----BEGIN CERTIFICATE-----; to convert DER: openssl x509 -inform der -in FILE',
  ),
  'broken-certificate': say(
    'contains an unreadable certificate',
    'each block between BEGIN and END CERTIFICATE must be complete; to check: openssl x509 -in FILE -noout -text',
  ),
  'private-key': say('contains a private key', 'keep only certificates here'),
};

const secretWords: Readonly<Record<UnusableSecret, Words>> = {
  blank: say('holds only white space', 'set it to the key'),
  json: say('is JSON', 'store only the key'),
  named: say('begins with the name of a variable or a header', 'store only the key'),
  'white-space': say('contains white space', 'it must hold only the key, without `Bearer` or quotes'),
  'control-character': say(
    'contains a line break or another control character',
    'it must hold only the key, on one line',
  ),
  escaped: say('contains a backslash', 'a tool has escaped it, such as `\\n` for a line end; store only the key'),
  quoted: say('begins or ends with a quote', 'store the key without quotes'),
  placeholder: say(
    'is a placeholder that nothing has replaced',
    'check the tool that should fill it in, such as the shell, the pipeline or the template',
  ),
  'not-ascii': say(
    'contains characters that no key has',
    'store the key again; copying often adds typographic quotes or a BOM',
  ),
  'too-short': say('has fewer than 8 characters, too short for a key'),
  'too-long': say(
    'has more than 4096 characters, too long for a key',
    'if the key is one field of it: { secretsManager: …, field: NAME }',
  ),
};

const fieldWords: Readonly<Record<SecretFieldFault, Words>> = {
  'not-json': say('is not a JSON object', 'remove `field` if the secret is only the key'),
  missing: say('does not exist in the JSON', 'credentials.apiKey.field must name the field that holds the key'),
  'not-text': say('is not a string'),
  unnamed: say('is a JSON object', 'name the field that holds the key: { secretsManager: …, field: NAME }'),
};

const listed = (names: readonly string[]): string => names.join(', ');

const words: { readonly [C in ConfigErrorCode]: (fault: Of<C>) => Words } = {
  'too-large': ({ bytes, limit }) =>
    say(`the configuration has ${bytes} bytes, the limit is ${limit}`, 'is it the right file?'),
  syntax: ({ detail }) => say(detail),
  'several-documents': () => say('a second document begins here', 'a configuration is one document: remove the `---`'),
  'not-a-configuration': ({ found }) =>
    say(`the configuration is ${kinds[found]}`, 'it must be a mapping, such as `environment: development`'),
  'too-many-aliases': ({ limit }) => say(`more than ${limit} aliases`, 'write the values out'),
  'too-deep': ({ limit }) => say(`nested deeper than ${limit} levels`, 'is it the right file?'),
  'duplicate-key': ({ firstLine }) =>
    say(firstLine === null ? 'is given twice' : `is given twice, first on line ${firstLine}`, 'keep one'),
  'unknown-key': ({ nearest, known }) => {
    if (nearest !== null) return say('no such key', `did you mean ${nearest}?`);
    return say('no such key', known.length > 0 && known.length <= 20 ? `known here: ${listed(known)}` : '');
  },
  'misplaced-key': ({ belongs }) => say('does not belong here', `write it as ${belongs}`),
  'unknown-target': ({ nearest }) =>
    say('no such target', nearest === null ? 'your own target needs a `url` or a `kind`' : `did you mean ${nearest}?`),
  'missing-key': ({ key }) => say(`\`${key}\` is missing`),
  'kind-missing': ({ keys, kinds }) =>
    say(
      'has no `kind`',
      `add ${kinds.map((kind) => `\`kind: ${kind}\``).join(' or ')}, because it has ${listed(keys)}`,
    ),
  'kind-of-default': ({ kind }) => say(`cannot be changed: this default target is of kind ${kind}`, 'remove it'),
  'key-of-other-kind': ({ kind, others, isOwn }) =>
    say(
      `belongs to targets of kind ${others.join(' or ')}; this one is of kind ${kind}`,
      `remove it${isOwn ? `, or set ${others.map((other) => `\`kind: ${other}\``).join(' or ')}` : ''}`,
    ),
  'only-is-no-target': () =>
    say('is the list of enabled targets, and cannot be a target', 'give your target another id, such as my.only'),
  'only-names-nothing': () =>
    say('is empty, so nothing would be probed', 'name the targets to probe, or remove the key'),
  'only-names-group': ({ group }) => say('is a group of targets', `name its targets: ${listed(group)}`),
  'only-names-step': () => say('is a step of the model-registration flow', 'name the whole flow: registration'),
  'only-names-disabled': ({ switch: place }) => say(`is enabled here, but ${place} is false`, 'remove one of the two'),
  'wrong-type': ({ expected, found }) => {
    if (found === 'nothing') return say('has no value', `give it ${kinds[expected]}, or remove the key`);
    return say(`is ${kinds[found]}, must be ${kinds[expected]}`, typeHint(expected, found));
  },
  'not-one-of': ({ allowed, nearest }) =>
    say(
      'is not one of the choices',
      nearest === null ? listed(allowed) : `did you mean ${nearest}? (${listed(allowed)})`,
    ),
  'not-whole': () => say('is not a whole number'),
  below: ({ least }) => say(`is too small, at least ${least}`),
  above: ({ most }) => say(`is too big, at most ${most}`),
  'too-long': ({ most, unit }) => say(`is too long, at most ${most} ${unit}`),
  empty: () => say('is empty', 'give it a value, or remove the key'),
  malformed: ({ format }) => formats[format],
  'secret-in-document': ({ what }) =>
    say(
      `${what} is written in the configuration`,
      'remove it, and revoke it if anyone else could see this file; refer to the key instead: credentials.apiKey: { env: HOKUSAI_API_KEY }',
    ),
  'ca-file': ({ file, why }) => say(`${caFileWords[why].reason}: ${file}`, caFileWords[why].hint),
  'key-over-http': ({ otherwise }) =>
    say(
      'would send a key over http, where anyone can read it',
      `use https${otherwise === null ? '' : `, or ${otherwise}`}`,
    ),
  'key-to-foreign-host': ({ host, otherwise }) =>
    say(
      `would send the key to ${host}, which is not a platform host`,
      `to allow it: credentials: { allowedHosts: ["${host}"] }${otherwise === null ? '' : `; otherwise ${otherwise}`}`,
    ),
  'key-needed': ({ otherwise }) =>
    say(
      'needs a key, but credentials.apiKey is none',
      `set credentials.apiKey: { env: HOKUSAI_API_KEY }, or ${otherwise === null ? 'remove it here' : `set ${otherwise}`}`,
    ),
  'body-not-sent': ({ method }) => say(`${method} sends no body`, 'set `method: POST`, or remove the body'),
  'body-not-returned': ({ to }) =>
    to === 'method'
      ? say('a response to HEAD has no body to check', 'set `method: GET`, or expect only a status')
      : say('a response with this status has no body to check', 'expect only the status'),
  'several-bodies': ({ keys }) => say(`${listed(keys)} exclude each other`, 'keep one'),
  'duplicate-header': () => say('is given twice: header names ignore case', 'keep one'),
  'inherited-name': () => say('is a reserved name', 'choose another'),
  'reserved-id': () =>
    say('is reserved for the model-registration flow', 'give your target another id, such as my.registration'),
  'unknown-predecessor': ({ nearest }) =>
    say('no such target to wait for', nearest === null ? '' : `did you mean ${nearest}?`),
  'waits-for-itself': ({ circle }) => say('waits for itself', circle.join(' → ')),
  'more-failures-than-cycles': () =>
    say('can never happen: `failures` is more than `of`', 'such as { failures: 2, of: 3 }'),
  'unknown-id': ({ known, nearest }) =>
    say(
      `is not the id of ${known}`,
      nearest === null ? 'explain targets and explain hypotheses list them' : `did you mean ${nearest}?`,
    ),
  'mutes-not-one': () => say('does not say what to mute', 'give exactly one of target, host and hypothesis'),
  'secret-not-found': () => say('is not set', 'set it to the secret, or change the reference in the configuration'),
  'secret-not-fetched': ({ from, detail }) =>
    say(
      `cannot be read: ${detail}`,
      from === 'file'
        ? 'check its path, and the permission to read it'
        : 'check its name, its region, and the permission to read it',
    ),
  'secret-empty': () => say('is empty', 'it must hold the secret'),
  'secret-unusable': ({ why }) => secretWords[why],
  'secret-field': ({ why }) => fieldWords[why],
};

const typeHint = (expected: Kind, found: Kind): string => {
  if (expected === 'boolean') return 'write true or false, without quotes';
  if (expected === 'number' && found === 'text') return 'write it without quotes and without a unit';
  if (expected === 'text') return 'put it in quotes';
  if (expected === 'list') return 'put it in [ ]';
  return '';
};

export const wordsFor = <C extends ConfigErrorCode>(fault: Of<C>): Words =>
  (words[fault.code as C] as (fault: Of<C>) => Words)(fault);
