import { answer } from '../../../src/functions/widget/answer.ts';
import type { State } from '../../../src/incidents/state.ts';
import type { Case } from './states.ts';

export const arn = 'arn:aws:lambda:us-east-1:123456789012:function:hokusai-synthetics-development-widget';

/** As CloudWatch puts it, as far as it is used. */
export const contextOf = (more: object = {}): object => ({
  widgetContext: { dashboardName: 'd', theme: 'light', width: 900, height: 600, params: {}, ...more },
});

const storing = (state: State | null) => () => ({
  load: async () => (state === null ? null : { state, version: 1 }),
});

/** The widget's answer where this is remembered. */
export const ask = (
  { state, now }: Case,
  event: unknown = contextOf(),
  rest: Partial<Parameters<typeof answer>[2]> & { readonly arn?: string | null } = {},
): Promise<string> =>
  answer(event, rest.arn === undefined ? arn : rest.arn, {
    store: storing(state),
    environment: 'development',
    cycleMs: 60_000,
    now: () => now,
    log: () => {},
    ...rest,
  });

/** What a person reads: without tags and styles, one space between words. */
export const read = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>|<cwdb-action.*?<\/cwdb-action>|<title>.*?<\/title>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
