import { Raw, reveal } from './raw.ts';
import type { Segment } from './segment.ts';

/** Where a request goes: to an origin that we know, by a path and query that may hold somebody else's words. */
export interface Address {
  readonly origin: URL;
  readonly path: Raw;
}

export const addressOf = (url: URL): Address => ({
  origin: new URL(url.origin),
  path: Raw.from(`${url.pathname}${url.search}`),
});

/** As one address. */
export const hrefOf = ({ origin, path }: Address): Raw => Raw.from(`${origin.origin}${reveal(path)}`);

/** Below a base URL of ours, part by part. @throws Error when it would lead anywhere else, which the form of a segment rules out. */
export const addressBelow = (
  base: string,
  segments: readonly Segment[],
  query: Readonly<Record<string, string | Raw>> = {},
): Address => {
  const parts = segments.map((segment) => `/${encodeURIComponent(reveal(segment))}`);
  const url = new URL(`${base}${parts.join('')}`);
  const root = new URL(base);
  if (url.origin !== root.origin || url.pathname !== `${root.pathname.replace(/\/$/, '')}${parts.join('')}`)
    throw new Error(`a path that leads out of ${base}`);
  for (const [name, value] of Object.entries(query))
    url.searchParams.append(name, value instanceof Raw ? reveal(value) : value);
  return addressOf(url);
};
