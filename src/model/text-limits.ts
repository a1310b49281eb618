/**
 * How much is kept of each kind of text from outside, in characters. Longer texts say how much is missing, within the
 * same limit. Classification judges texts whole; `headerBytes` and `bodyBytes` (limits.ts) bound how much can arrive.
 */
const textLimits = {
  /** A whole body or header value, for classification only. Both were bounded on arrival. */
  judged: Number.POSITIVE_INFINITY,
  /** A header's value in a report. The longest useful ones are `www-authenticate` and some proxies' `via`. */
  header: 250,
  /** Longer addresses carry a state or token of no use to a reader. The balancer's own limit is 16 KiB. */
  location: 500,
  /** DNS: 255 bytes, each up to four characters when escaped. */
  dnsName: 1_020,
  /** Parts of a request that is shown as a command: a URL, a body. A cut command does not run, so it is generous. */
  asked: 2_000,
  /** X.520 allows 64 characters for a common name, and a subject has about six parts. */
  certificateName: 200,
  /** What a library or name server says about a failure. */
  detail: 300,
  /** An outcome's one-line summary. */
  summary: 800,
  /** A version: an image name with its digest has about 150. It is stored with each incident. */
  version: 200,
  /** An MLflow id has at most 256, the flow's model name 137, and an alias is added to that. */
  id: 500,
} as const;

export type TextLimit = keyof typeof textLimits;

/** Entries that are kept of each kind of list. In a longer one, the last entry says how many are missing. */
const listLimits = {
  /**
   * Real certificates have up to a hundred names, and the first few identify the owner. Each address of a host shows
   * its own.
   */
  certificateNames: 10,
  /** Longer chains never verify in practice. */
  certificateChain: 6,
  /** More than the lookup follows (probe/dns/lookup.ts). Real chains have two or three names. */
  dnsChain: 20,
} as const;

export type ListLimit = keyof typeof listLimits;

const more = (count: number): string => `… ${count.toLocaleString('en')} more`;

export const limited = (text: string, limit: TextLimit): string => limitedTo(text, textLimits[limit]);

/** At most `most` characters, the mark included, without splitting one. Idempotent. */
export const limitedTo = (text: string, most: number): string => {
  if (text.length <= most) return text;
  // The number in the mark depends on the mark's own length, so reserve room for the longest one.
  const room = most - more(text.length).length;
  const shown = text.slice(0, room > 0 ? room : most).replace(/[\uD800-\uDBFF]$/, '');
  return room > 0 ? `${shown}${more(text.length - shown.length)}` : shown;
};

/** At most the list's limit of entries, the mark included. `last`: how many to keep from the end of the list. */
export const limitedList = <Entry>(
  entries: readonly Entry[],
  limit: ListLimit,
  last = 0,
): { readonly first: readonly Entry[]; readonly mark: readonly string[]; readonly last: readonly Entry[] } => {
  const most = listLimits[limit];
  if (entries.length <= most) return { first: entries, mark: [], last: [] };
  const first = most - 1 - last;
  const missing = entries.length - first - last;
  return { first: entries.slice(0, first), mark: [more(missing)], last: last === 0 ? [] : entries.slice(-last) };
};
