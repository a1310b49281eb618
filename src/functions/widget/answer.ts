import { type IncidentStore, StoreError } from '../../incidents/store.ts';
import { type Asked, askedBy } from './asked.ts';
import { description } from './describe.ts';
import { details } from './details.ts';
import { framed } from './frame.ts';
import { widgetLimits } from './limits.ts';
import { overview, type Remembered } from './overview.ts';
import { said } from './words.ts';

export interface Widget {
  /** Read-only. @throws a sentence when there is no store */
  readonly store: () => Pick<IncidentStore, 'load'>;
  readonly environment: string;
  /** Time between two cycles, ms. */
  readonly cycleMs: number;
  /** Unix time, ms. */
  readonly now: () => number;
  /** For errors outside the store, which the dashboard's reader can do nothing about. */
  readonly log: (thrown: unknown) => void;
}

/**
 * The response to CloudWatch: HTML, or Markdown when it asks for the description. Never throws, because the dashboard
 * would show the error's text.
 */
export const answer = async (event: unknown, arn: string | null, widget: Widget): Promise<string> => {
  const asked = askedBy(event);
  if (asked.what === 'describe') return description;
  const endpoint = { arn, environment: asked.environment ?? widget.environment };
  try {
    const stored = await widget.store().load(endpoint.environment);
    const { look, notes } = asked;
    const remembered: Remembered = {
      state: stored?.state ?? null,
      endpoint,
      look,
      notes,
      cycleMs: widget.cycleMs,
      now: widget.now(),
    };
    return asked.what === 'details' ? details(asked.incident, remembered) : overview(remembered);
  } catch (thrown) {
    widget.log(thrown);
    return trouble(thrown, asked);
  }
};

const trouble = (thrown: unknown, { look, notes }: Exclude<Asked, { readonly what: 'describe' }>): string =>
  framed(
    look.theme,
    {
      tone: 'unknown',
      text:
        thrown instanceof StoreError
          ? 'Nothing is known: the incidents cannot be read'
          : 'Nothing is known: the widget itself failed',
      reason:
        thrown instanceof StoreError
          ? said(thrown.message, widgetLimits.trouble)
          : 'The log of its function says why. The graphs and alarms below do not depend on the widget.',
    },
    null,
    notes,
  );
