import * as v from 'valibot';
import { widgetLimits } from './limits.ts';
import type { Theme } from './styles.ts';
import { nameOf } from './words.ts';

/** A request from CloudWatch or from a link in the widget. */
export type Asked =
  | { readonly what: 'describe' }
  | ({ readonly what: 'now' } & Place)
  | ({ readonly what: 'details'; readonly incident: string } & Place);

interface Place {
  /** Null: the function's own environment. */
  readonly environment: string | null;
  readonly look: Look;
  /** Unknown parameters, as sentences. */
  readonly notes: readonly string[];
}

/** How CloudWatch shows the widget, from widgetContext. */
export interface Look {
  readonly theme: Theme;
  /** Pixels available for the content. */
  readonly width: number;
  /** Unix time, ms; null: not given. */
  readonly range: { readonly from: number; readonly to: number } | null;
}

const range = v.object({ start: v.number(), end: v.number() });

/** The parts of widgetContext in use. Malformed parts count as missing, because the content matters more than its width. */
const context = v.object({
  theme: v.fallback(v.picklist(['light', 'dark']), 'light'),
  width: v.fallback(v.pipe(v.number(), v.finite()), widgetLimits.widthDefault + widgetLimits.edges),
  timeRange: v.fallback(v.optional(v.intersect([range, v.object({ zoom: v.optional(range) })])), undefined),
  params: v.fallback(v.record(v.string(), v.unknown()), {}),
});

const known: ReadonlySet<string> = new Set(['describe', 'environment', 'incident', 'widgetContext']);

export const askedBy = (event: unknown): Asked => {
  const fields = v.is(v.record(v.string(), v.unknown()), event) ? event : {};
  if (fields['describe'] === true) return { what: 'describe' };
  const { params, ...shown } = v.parse(
    context,
    v.is(v.looseObject({}), fields['widgetContext']) ? fields['widgetContext'] : {},
  );
  // A link's own fields override the widget's parameters, which are still in its context.
  const all: Readonly<Record<string, unknown>> = { ...params, ...fields };
  const environment = nameIn(all, 'environment');
  const incident = nameIn(all, 'incident');
  const place: Place = {
    environment: environment ?? null,
    look: {
      theme: shown.theme,
      width: Math.min(widgetLimits.widthMost, Math.max(widgetLimits.widthLeast, shown.width - widgetLimits.edges)),
      range: rangeOf(shown.timeRange?.zoom ?? shown.timeRange),
    },
    notes: notesOf(event, all),
  };
  return incident === undefined ? { what: 'now', ...place } : { what: 'details', incident, ...place };
};

const nameIn = (all: Readonly<Record<string, unknown>>, field: string): string | undefined => {
  const value = all[field];
  const name = typeof value === 'string' ? value.trim() : '';
  return name === '' || name.length > widgetLimits.name ? undefined : name;
};

const rangeOf = (asked: { readonly start: number; readonly end: number } | undefined): Look['range'] => {
  const lasts = asked === undefined ? Number.NaN : asked.end - asked.start;
  if (asked === undefined || !(lasts > 0)) return null;
  const shown = Math.min(widgetLimits.rangeMostMs, Math.max(widgetLimits.rangeLeastMs, lasts));
  return { from: asked.end - shown, to: asked.end };
};

const notesOf = (event: unknown, all: Readonly<Record<string, unknown>>): readonly string[] => {
  const strange = Object.keys(all).filter((name) => !known.has(name));
  return [
    ...(event === null || event === undefined || v.is(v.record(v.string(), v.unknown()), event)
      ? []
      : ['The parameters are not an object.']),
    ...['environment', 'incident'].flatMap((field) =>
      all[field] !== undefined && nameIn(all, field) === undefined ? [`The parameter ${field} is not a name.`] : [],
    ),
    ...(strange.length === 0
      ? []
      : [`Unknown parameter${strange.length === 1 ? '' : 's'}: ${strange.slice(0, 5).map(nameOf).join(', ')}.`]),
  ];
};
