/** A range of a text, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface SecretShape {
  readonly what: string;
  /** A quick test that every match passes: most texts fail it. */
  readonly mark: RegExp;
  /**
   * The secret is group 1, at the end of the match. Every pattern takes linear time on any text: its repeated parts are bounded or cannot
   * contain its start. None looks behind, so a replacement changes no other match.
   */
  readonly pattern: RegExp;
  /** A second test of group 1; absent: the pattern is enough. */
  readonly confirm?: (found: string) => boolean;
  /** A configuration with it is refused: harmless text never has this shape. */
  readonly refused: boolean;
}

/** Words follow `Bearer` too ("Bearer authentication required"): a token has a digit, or is longer than any word. */
const isToken = (found: string): boolean => /[0-9]/.test(found) || found.length >= 24;

/** header.payload.signature of RFC 7519, perhaps cut off, or behind the start of another: `eyJh...eyJhb.eyJz.c2ln`. */
const isJwt = (found: string): boolean => {
  const parts = found.split('.');
  return parts.slice(0, -2).some((part, index) => /eyJ./.test(part) && parts[index + 1] !== '');
};

/** Shapes of secrets that the configuration does not name. */
const secretShapes: readonly SecretShape[] = [
  { what: 'a Hokusai API key', mark: /hk_/i, pattern: /(hk_(?:live|test)_[A-Za-z0-9]+)/g, refused: true },
  {
    what: 'a Bearer token',
    mark: /bearer/i,
    pattern: /Bearer[ \t]{1,8}([A-Za-z0-9._~+/-]{8,})/gi,
    confirm: isToken,
    refused: true,
  },
  { what: 'a JSON Web Token', mark: /eyj/i, pattern: /(eyJ[A-Za-z0-9_.-]*)/g, confirm: isJwt, refused: true },
  // AWS IAM, unique identifiers: AKIA are long-term keys, ASIA temporary ones.
  { what: 'an AWS access key', mark: /a[ks]ia/i, pattern: /((?:AKIA|ASIA)[A-Z0-9]{16})/g, refused: true },
  {
    what: 'a private key',
    mark: /private key/i,
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----([^-]+)/g,
    refused: true,
  },
  // RFC 3986, section 3.2.1: neither part of a URL's user information contains / or @.
  {
    what: 'a password in a URL',
    mark: /:\/\//,
    pattern: /:\/\/[^\s:@/"'<>]{0,256}:([^\s@/"'<>]+)(?=@)/g,
    refused: true,
  },
  {
    what: 'the credentials of a request',
    mark: /authorization/i,
    pattern:
      /authorization\\?["']?[ \t]{0,8}[:=][ \t]{0,8}\\?["']?(?:(?:Bearer|Basic|Digest|Token)[ \t]{1,8})?([^\s"'\\][^\r\n"'\\]*)/gi,
    refused: false,
  },
  {
    what: 'a cookie',
    mark: /cookie/i,
    pattern: /cookie\\?["']?[ \t]{0,8}:[ \t]{0,8}\\?["']?[^\s=;:,"'\\]{1,256}=([^\s;,"'\\]+)/gi,
    refused: false,
  },
  // Presigned URLs of S3, Google Cloud Storage, CloudFront and Azure: who has one has the file.
  {
    what: 'the signature of a URL',
    mark: /(?:[?&;]|u0026)(?:sig|x-)/i,
    pattern:
      /(?:[?&;]|u0026)(?:sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token))=([^\s&"'<>\\]+)/gi,
    refused: false,
  },
  {
    what: 'a password',
    mark: /pass|pwd|secret|api|token/i,
    pattern:
      /(?:password|passwd|pwd|secret|api[-_]?key|access[-_]?token)\\?["']?[ \t]{0,8}[:=][ \t]{0,8}\\?["']?([^\s"'\\&,;{}[\]<>]+)/gi,
    refused: false,
  },
];

const refusedShapes: readonly SecretShape[] = secretShapes.filter(({ refused }) => refused);

const find = (text: string, shapes: readonly SecretShape[]): readonly (Range & { readonly what: string })[] =>
  shapes.flatMap(({ what, mark, pattern, confirm }) =>
    mark.test(text)
      ? [...text.matchAll(pattern)].flatMap(({ index, 0: whole, 1: secret = '' }) => {
          const end = index + whole.length;
          return confirm?.(secret) === false ? [] : [{ start: end - secret.length, end, what }];
        })
      : [],
  );

/** Ranges of a text that look like secrets. */
export const findSecretShapes = (text: string): readonly Range[] => find(text, secretShapes);

/** Ranges of a configuration that must not be in one, each with its kind. */
export const findRefusedSecrets = (text: string): readonly (Range & { readonly what: string })[] =>
  find(text, refusedShapes);

/** Replaces every secret. */
export const redacted = '[redacted]';

/** Replaces each range; they can come in any order, and touching ones are merged. */
export const cutOut = (text: string, ranges: readonly Range[]): string => {
  let result = '';
  let done = 0;
  let open: Range | null = null;
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    if (open !== null && range.start <= open.end) {
      open = { start: open.start, end: Math.max(open.end, range.end) };
      continue;
    }
    if (open !== null) {
      result += text.slice(done, open.start) + redacted;
      done = open.end;
    }
    open = range;
  }
  return open === null ? text : result + text.slice(done, open.start) + redacted + text.slice(open.end);
};

/** For our own texts with parts of the input, such as the name of a key, where a secret may have been pasted. */
export const hideSecretShapes = (text: string): string => cutOut(text, findSecretShapes(text));
