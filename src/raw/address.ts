import { Raw, reveal } from './raw.ts';
import type { Segment } from './segment.ts';

/** Destination of a request: an origin that we know, with a path and query that may contain text from outside. */
export interface Address {
  readonly origin: URL;
  readonly path: Raw;
}

export const addressOf = (url: URL): Address => ({
  origin: new URL(url.origin),
  path: Raw.from(`${url.pathname}${url.search}`),
});

export const hrefOf = ({ origin, path }: Address): Raw => Raw.from(`${origin.origin}${reveal(path)}`);

/**
 * An address below one of our base URLs, built segment by segment. @throws Error if it leads anywhere else, which the
 * form of a segment prevents
 */
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
