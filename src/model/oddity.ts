/** Encodings that HTTP has names for (RFC 9112, 7; IANA's registries of transfer and content codings). */
export const knownEncodings = ['gzip', 'x-gzip', 'deflate', 'compress', 'x-compress', 'br', 'zstd'] as const;

/** What some clients refuse in the form of a response. A closed list: no word of it comes from the server. */
export type Oddity =
  | 'an unusual status line'
  | 'a header line without a colon'
  | 'a NUL byte in a header'
  | 'a folded line without a header'
  | 'a content-length that is not a number'
  | 'chunks with line feeds alone'
  | 'chunks without their end'
  | `the transfer encoding ${(typeof knownEncodings)[number]}`
  | 'a transfer encoding that is not known';
