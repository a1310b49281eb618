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
  /** What is wrong, following the path. */
  readonly reason: string;
  /** What to do about it; empty when the reason says it. */
  readonly hint: string;
}

/** Something that the author of a valid configuration may want to know. */
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
  text: 'a text',
  list: 'a list',
  mapping: 'a mapping',
};

const caFileWords: Readonly<Record<CaFileFault, Words>> = {
  missing: say('does not exist', 'a relative path starts at the folder of the configuration'),
  unreadable: say('cannot be read', 'its permissions, and those of the folders above it'),
  'not-a-file': say('is not a file', 'name the file with the certificates, no folder and no pipe'),
  'too-large': say('is larger than 1 MiB', 'it is to hold the certificates that are trusted, nothing else'),
  'no-certificate': say(
    'holds no certificate in PEM',
    'it has to contain -----BEGIN CERTIFICATE-----; DER is turned into PEM by: openssl x509 -inform der -in FILE',
  ),
  'broken-certificate': say(
    'holds a certificate that cannot be read',
    'each block between BEGIN and END CERTIFICATE must be whole: openssl x509 -in FILE -noout -text',
  ),
  'private-key': say('holds a private key', 'only certificates belong here; keep the key elsewhere'),
};

const secretWords: Readonly<Record<UnusableSecret, Words>> = {
  'white-space': say('white space is in it', 'it must hold the key alone: without `Bearer`, without quotes'),
  'control-character': say(
    'a line break or another control character is in it',
    'it must hold the key alone, on one line',
  ),
  'not-ascii': say(
    'characters are in it that no key has',
    'store the key anew; typographic quotes or a BOM often come with copying',
  ),
  'too-short': say('it holds fewer than 8 characters, which is no key'),
  'too-long': say(
    'it holds more than 4096 characters, which is no key',
    'when the key is one field of it: { secretsManager: …, field: NAME }',
  ),
};

const fieldWords: Readonly<Record<SecretFieldFault, Words>> = {
  'not-json': say('it is not a JSON object', 'leave `field` out when the secret is the key alone'),
  missing: say('its JSON has no such field', 'credentials.apiKey.field must name the field that holds the key'),
  'not-text': say('this field of its JSON is not a text'),
  unnamed: say('it is a JSON object', 'say which field holds the key: { secretsManager: …, field: NAME }'),
};

const listed = (names: readonly string[]): string => names.join(', ');

const words: { readonly [C in ConfigErrorCode]: (fault: Of<C>) => Words } = {
  'too-large': ({ bytes, limit }) =>
    say(`the configuration has ${bytes} bytes; at most ${limit}`, 'is it the right file?'),
  syntax: ({ detail }) => say(detail),
  'several-documents': () => say('a second document begins here', 'a configuration is one document: remove the `---`'),
  'not-a-configuration': ({ found }) =>
    say(`the configuration is ${kinds[found]}`, 'must be a mapping, such as `environment: development`'),
  'too-many-aliases': ({ limit }) => say(`more than ${limit} values by alias`, 'write them out'),
  'too-deep': ({ limit }) => say(`nested deeper than ${limit} levels`, 'no configuration is; is it the right file?'),
  'duplicate-key': ({ firstLine }) =>
    say(firstLine === null ? 'is given twice' : `is given twice, first on line ${firstLine}`, 'keep one'),
  'unknown-key': ({ nearest, known }) => {
    if (nearest !== null) return say('no such key', `did you mean ${nearest}?`);
    return say('no such key', known.length > 0 && known.length <= 20 ? `known here: ${listed(known)}` : '');
  },
  'misplaced-key': ({ belongs }) => say('does not belong here', `write it as ${belongs}`),
  'unknown-target': ({ nearest }) =>
    say(
      'no such target',
      nearest === null ? "a target of one's own needs a `url`, or a `kind`" : `did you mean ${nearest}?`,
    ),
  'missing-key': ({ key }) => say(`\`${key}\` is missing`),
  'kind-missing': ({ keys, kinds }) =>
    say('has no `kind`', `${kinds.map((kind) => `\`kind: ${kind}\``).join(' or ')}, as it has ${listed(keys)}`),
  'kind-of-default': ({ kind }) => say(`cannot be changed: this default target is of kind ${kind}`, 'remove it'),
  'key-of-other-kind': ({ kind, others, isOwn }) =>
    say(
      `belongs to targets of kind ${others.join(' or ')}; this one is of kind ${kind}`,
      `remove it${isOwn ? `, or say ${others.map((other) => `\`kind: ${other}\``).join(' or ')}` : ''}`,
    ),
  'only-is-no-target': () =>
    say(
      'is the list of the targets that are on, and cannot be a target',
      "give a target of one's own another id, such as my.only",
    ),
  'only-names-nothing': () =>
    say('is empty, so nothing would be asked', 'name the targets that are on, or remove the key'),
  'only-names-group': ({ group }) => say('is a group of targets', `name its targets: ${listed(group)}`),
  'only-names-step': () => say('is a step of the model-registration flow', 'name the whole flow: registration'),
  'only-names-disabled': ({ switch: place }) =>
    say(`is on here, and off by ${place}: false`, 'remove it from one of the two'),
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
      `${what} stands in the configuration`,
      'remove it, and revoke it if anyone else could see this file; the key is named, never written: credentials.apiKey: { env: HOKUSAI_API_KEY }',
    ),
  'ca-file': ({ file, why }) => say(`${caFileWords[why].reason}: ${file}`, caFileWords[why].hint),
  'key-over-http': ({ otherwise }) =>
    say(
      'would be asked over http, where a key can be read by anyone',
      `use https${otherwise === null ? '' : `, or ${otherwise}`}`,
    ),
  'key-to-foreign-host': ({ host, otherwise }) =>
    say(
      `would send the key to ${host}, which is not a host of the platform`,
      `if it may have the key: credentials: { allowedHosts: ["${host}"] }${otherwise === null ? '' : `; otherwise ${otherwise}`}`,
    ),
  'key-needed': ({ otherwise }) =>
    say(
      'needs a key, and credentials.apiKey is none',
      `refer to a key by credentials.apiKey: { env: HOKUSAI_API_KEY }, or ${otherwise === null ? 'remove it here' : `say ${otherwise}`}`,
    ),
  'body-not-sent': ({ method }) => say(`${method} sends no body`, 'say `method: POST`, or remove the body'),
  'body-not-returned': ({ to }) =>
    to === 'method'
      ? say('an answer to HEAD has no body to look at', 'say `method: GET`, or expect a status only')
      : say('a response with this status has no body to look at', 'expect the status only'),
  'several-bodies': ({ keys }) => say(`${listed(keys)} exclude each other`, 'keep one'),
  'duplicate-header': () => say('is given twice: names of headers have no case', 'keep one'),
  'reserved-id': () =>
    say('is a name of the model-registration flow', "call a target of one's own otherwise, such as my.registration"),
  'unknown-predecessor': ({ nearest }) =>
    say('no such target to wait for', nearest === null ? '' : `did you mean ${nearest}?`),
  'waits-for-itself': ({ circle }) => say('waits for itself', circle.join(' → ')),
  'more-failures-than-cycles': () =>
    say('can never happen: `failures` is more than `of`', 'such as { failures: 2, of: 3 }'),
  'unknown-id': ({ known, nearest }) =>
    say(
      `is no id of ${known}`,
      nearest === null ? 'explain targets and explain hypotheses list them' : `did you mean ${nearest}?`,
    ),
  'mutes-not-one': () => say('does not say what is muted', 'exactly one of target, host and hypothesis'),
  'secret-not-found': () =>
    say('is not set', 'set it to the secret, or change where the configuration says that it is kept'),
  'secret-not-fetched': ({ from, detail }) =>
    say(
      `cannot be read: ${detail}`,
      from === 'file'
        ? 'its path, and the permission to read it'
        : 'its name, its region, and the permission to read it',
    ),
  'secret-empty': () => say('is empty', 'it must hold the secret alone'),
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
