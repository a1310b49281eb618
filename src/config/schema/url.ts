import * as v from 'valibot';
import type { Format } from '../format.ts';

/** Balancers and proxies refuse longer ones (ALB: 16 KiB for the request line). */
const longestUrl = 8_192;

const urlError = (text: string): Format | null => {
  if (!URL.canParse(text)) return 'url';
  const { protocol, username, password, port } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'url-scheme';
  if (username !== '' || password !== '') return 'url-user';
  return port === '0' ? 'url-port' : null;
};

/** The URL standard drops white space, but here it is probably a typing mistake. */
export const url = v.pipe(
  v.string(),
  v.maxLength(longestUrl),
  v.regex(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/\S+$/, 'url' satisfies Format),
  v.check(
    (text) => urlError(text) === null,
    ({ input }) => urlError(input) ?? 'url',
  ),
);

export const origin = v.pipe(
  v.string(),
  v.maxLength(longestUrl),
  v.regex(/^https?:\/\/[^\s/?#@]+$/, 'origin' satisfies Format),
  v.check((text) => URL.canParse(text) && new URL(text).origin === text, 'origin' satisfies Format),
);
