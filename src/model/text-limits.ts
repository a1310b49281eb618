/**
 * How much is kept of each kind of text from outside, in characters. Longer ones say how much is missing, within the same limit. What
 * classification judges is judged whole: how much of it can arrive is the matter of `headerBytes` and `bodyBytes` (limits.ts).
 */
const textLimits = {
  /** A whole body or the value of a header, for classification alone. Both were bounded while they came in. */
  judged: Number.POSITIVE_INFINITY,
  /** A header's value in a report. The longest that tell something are `www-authenticate` and the `via` of some proxies. */
  header: 250,
  /** Longer addresses hold a state or a token that nobody reads; the balancer's own limit is 16 KiB. */
  location: 500,
  /** DNS: 255 bytes, each of which can be written as an escape of four characters. */
  dnsName: 1_020,
  /** X.520 allows 64 characters for a common name, and a subject has some six parts. */
  certificateName: 200,
  /** What a library or a name server says about a failure. */
  detail: 300,
  /** The one line of an outcome. */
  summary: 800,
  /** A version: an image's name with its digest has some 150. It is stored with each incident. */
  version: 200,
  /** An id of MLflow's has 256 at most, the name of a model that the flow makes 137, and an alias is added to that. */
  id: 500,
} as const;

export type TextLimit = keyof typeof textLimits;

/** Entries that are kept of each kind of list; of a longer one the last says how many more there are. */
const listLimits = {
  /** Real certificates have up to a hundred names; the first ones tell whose it is. Each address of a host shows its own. */
  certificateNames: 10,
  /** A longer chain than this never verifies in practice. */
  certificateChain: 6,
  /** More than are followed (probe/dns/lookup.ts). Real chains have two or three names. */
  dnsChain: 20,
} as const;

export type ListLimit = keyof typeof listLimits;

const more = (count: number): string => `… ${count.toLocaleString('en')} more`;

export const limited = (text: string, limit: TextLimit): string => limitedTo(text, textLimits[limit]);

/** At most so many characters, the mark included, and never half of one. Twice is as once. */
export const limitedTo = (text: string, most: number): string => {
  if (text.length <= most) return text;
  // The number in the mark depends on the mark's own length: there is room for the longest one.
  const room = most - more(text.length).length;
  const shown = text.slice(0, room > 0 ? room : most).replace(/[\uD800-\uDBFF]$/, '');
  return room > 0 ? `${shown}${more(text.length - shown.length)}` : shown;
};

/** At most so many entries, the mark included; `last`: of the end of the list so many are kept. */
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
