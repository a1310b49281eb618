/** Ways in which a server can echo a text that it was sent; `pick` decides where a way leaves a choice. */
export type Echo = (secret: string, pick: (choices: number) => number) => string;

const each = (secret: string, encode: (character: string, code: number) => string): string =>
  [...secret].map((character) => encode(character, character.charCodeAt(0))).join('');

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const inserted = (secret: string, what: string, pick: (choices: number) => number): string => {
  const at = 1 + pick(secret.length - 1);
  return secret.slice(0, at) + what + secret.slice(at);
};

const percent: Echo = (secret) => each(secret, (_, code) => `%${hex(code, 2)}`);
const json: Echo = (secret) => each(secret, (_, code) => `\\u${hex(code, 4)}`);

export const echoes: Readonly<Record<string, Echo>> = {
  verbatim: (secret) => secret,
  'in upper case': (secret) => secret.toUpperCase(),
  'in lower case': (secret) => secret.toLowerCase(),
  'in any case': (secret, pick) => each(secret, (it) => (pick(2) === 0 ? it.toUpperCase() : it.toLowerCase())),
  'percent-encoded': percent,
  'percent-encoded in upper case': (secret, pick) => percent(secret, pick).toUpperCase(),
  'percent-encoded in part': (secret, pick) => each(secret, (it, code) => (pick(2) === 0 ? it : `%${hex(code, 2)}`)),
  'percent-encoded twice': (secret, pick) => percent(secret, pick).replaceAll('%', '%25'),
  'percent-encoded three times': (secret, pick) => percent(secret, pick).replaceAll('%', '%2525'),
  'with %u': (secret) => each(secret, (_, code) => `%u${hex(code, 4)}`),
  'in JSON escapes': json,
  'in JSON escapes in part': (secret, pick) => each(secret, (it, code) => (pick(2) === 0 ? it : `\\u${hex(code, 4)}`)),
  'in JSON in JSON': (secret, pick) => JSON.stringify(json(secret, pick)),
  'in JavaScript escapes': (secret) => each(secret, (_, code) => `\\x${hex(code, 2)}`),
  'in ES6 escapes': (secret) => each(secret, (_, code) => `\\u{${hex(code, 1)}}`),
  'in decimal entities': (secret) => each(secret, (_, code) => `&#${code};`),
  'in padded decimal entities': (secret) => each(secret, (_, code) => `&#${String(code).padStart(7, '0')};`),
  'in hexadecimal entities': (secret) => each(secret, (_, code) => `&#x${hex(code, 2)};`),
  'in entities by name': (secret) => secret.replaceAll('_', '&lowbar;'),
  'in escaped entities': (secret) => each(secret, (_, code) => `&amp;#${code};`),
  'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
  'in upper-case hexadecimal': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'in base64': base64,
  'in base64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
  'in base64 behind anything': (secret, pick) => base64('x'.repeat(pick(7)) + secret + 'y'.repeat(pick(7))),
  'in base64 of a header': (secret) => base64(`Authorization: Bearer ${secret}\r\n`),
  'in Basic, as the user': (secret) => `Basic ${base64(`${secret}:`)}`,
  'in Basic, as the password': (secret) => `Basic ${base64(`key:${secret}`)}`,
  'in base64 over lines': (secret) => base64(`token ${secret}`).replace(/.{20}/g, '$&\r\n'),
  'in percent-encoded base64': (secret) => encodeURIComponent(base64(`a${secret}`)),
  'over two lines': (secret, pick) => inserted(secret, '\n', pick),
  'over two lines with an indent': (secret, pick) => inserted(secret, '\r\n  ', pick),
  'over two lines of JSON': (secret, pick) => inserted(secret, '\\n', pick),
  'with a zero-width space': (secret, pick) => inserted(secret, '\u200b', pick),
  'with a soft hyphen': (secret, pick) => inserted(secret, '\u00ad', pick),
  'with an escaped zero-width space': (secret, pick) => inserted(secret, '\\u200b', pick),
};

/** Everything that a person with time could read from a text: decoded by other means than the prober's own. */
export const readings = (text: string): readonly string[] => {
  const found = [text];
  let current = text;
  for (let depth = 0; depth < 4; depth++) {
    current = current
      .replace(/%u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/\\x([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/\\u\{?([0-9a-f]{2,4})\}?/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/&amp;/g, '&')
      .replace(/&lowbar;/g, '_')
      .replace(/&#x([0-9a-f]+);?/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16) % 65_536))
      .replace(/&#([0-9]+);?/g, (_, code: string) => String.fromCharCode(Number(code) % 65_536))
      .replaceAll('\\\\', '\\');
    found.push(current);
  }
  const seen = [...found];
  for (const each of seen) {
    const joined = each.replace(/\\[nr]|[\s\u200b\u00ad]/g, '');
    found.push(joined);
    for (const [run] of joined.matchAll(/[A-Za-z0-9+/_-]{8,}/g))
      for (let offset = 0; offset < 4; offset++)
        found.push(Buffer.from(run.slice(offset), 'base64').toString('latin1'));
    for (const [run] of joined.matchAll(/[0-9a-f]{8,}/gi))
      for (let offset = 0; offset < 2; offset++) found.push(Buffer.from(run.slice(offset), 'hex').toString('latin1'));
  }
  return found;
};
