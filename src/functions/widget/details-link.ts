import { Markup, markup } from '../../report/markup.ts';
import { widgetLimits } from './limits.ts';
import { nameOf } from './words.ts';

/** How a link of the widget asks this function. */
export interface Endpoint {
  /** Null: not known, so there are no links. */
  readonly arn: string | null;
  readonly environment: string;
}

/** Opens an incident's details. CloudWatch takes the action from the element after the link, and sends what it holds. */
export const detailsLink = (id: string, { arn, environment }: Endpoint): Markup | null =>
  arn === null || id.length > widgetLimits.name
    ? null
    : markup`<a class="btn spread" role="button" aria-label="Details of ${nameOf(id)}">Details</a><cwdb-action action="call" display="popup" endpoint="${arn}">${json({ incident: id, environment })}</cwdb-action>`;

/** JSON that is text between tags as it stands, escaped in its own way: whoever reads it need not know HTML's. */
const json = (value: object): Markup =>
  new Markup(
    JSON.stringify(value).replace(
      /[<>&'\u007f-\uffff]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
