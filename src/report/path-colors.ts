import type { ShownState } from '../wording/hops.ts';

/** `auto`: the reader's system setting. */
export type Theme = 'light' | 'dark' | 'auto';

export interface Palette {
  readonly text: string;
  readonly quiet: string;
  /** The colour of a sign on a filled circle. */
  readonly sign: string;
  readonly works: string;
  readonly broken: string;
  readonly halo: string;
  readonly suspect: string;
}

/** Text has a contrast of at least 4.5 with white, or with near black. */
export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    text: '#1f2328',
    quiet: '#6a737d',
    sign: '#ffffff',
    works: '#2c7a4b',
    broken: '#c62828',
    halo: '#f6d5d3',
    suspect: '#a85a00',
  },
  dark: {
    text: '#e6e8eb',
    quiet: '#949ba4',
    sign: '#14171a',
    works: '#6cc48d',
    broken: '#ff7a70',
    halo: '#5a2422',
    suspect: '#f0a94a',
  },
};

type Ink = keyof Palette;

/** The colour of each state. */
export const inkOf: Readonly<Record<ShownState, Ink>> = {
  works: 'works',
  broken: 'broken',
  partly: 'suspect',
  suspect: 'suspect',
  unseen: 'quiet',
  'not-reached': 'quiet',
};

const inks = Object.keys(palettes.light) as readonly Ink[];
const className = (what: 'fill' | 'stroke', ink: Ink): string => `path-${what}-${ink}`;

export interface Paints {
  /** Attributes for a shape. */
  readonly fill: (ink: Ink) => string;
  readonly stroke: (ink: Ink) => string;
  /** A style sheet to embed in the picture; empty: none needed. */
  readonly style: string;
}

/** A single theme is written into the shapes, so that pages that strip styles still show it. `auto` needs a style sheet. */
export const paintsOf = (theme: Theme): Paints => {
  if (theme === 'auto')
    return {
      fill: (ink) => `class="${className('fill', ink)}"`,
      stroke: (ink) => `class="${className('stroke', ink)}"`,
      style: `${rules(palettes.light)}@media (prefers-color-scheme:dark){${rules(palettes.dark)}}`,
    };
  const palette = palettes[theme];
  return {
    fill: (ink) => `fill="${palette[ink]}"`,
    stroke: (ink) => `stroke="${palette[ink]}"`,
    style: '',
  };
};

const rules = (palette: Palette): string =>
  inks
    .map(
      (ink) => `.${className('fill', ink)}{fill:${palette[ink]}}.${className('stroke', ink)}{stroke:${palette[ink]}}`,
    )
    .join('');
