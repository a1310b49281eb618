import { Markup, markup } from '../../report/markup.ts';
import { widgetLimits } from './limits.ts';
import { nameOf } from './words.ts';

/** How a link in the widget calls this function. */
export interface Endpoint {
  /** Null: unknown, so there are no links. */
  readonly arn: string | null;
  readonly environment: string;
  /** Address of an incident's own page, for pages outside CloudWatch. */
  readonly pageOf?: (id: string) => string;
}

/** Opens an incident's details. CloudWatch reads the action from the element after the link and sends its content. */
export const detailsLink = (id: string, { arn, environment, pageOf }: Endpoint): Markup | null => {
  if (id.length > widgetLimits.name) return null;
  if (pageOf !== undefined)
    return markup`<a class="btn spread" href="${pageOf(id)}" aria-label="Details of ${nameOf(id)}">Details</a>`;
  return arn === null
    ? null
    : markup`<a class="btn spread" role="button" aria-label="Details of ${nameOf(id)}">Details</a><cwdb-action action="call" display="popup" endpoint="${arn}">${json({ incident: id, environment })}</cwdb-action>`;
};

/** JSON that can stand between tags as it is, with JSON escapes only, so that its reader need not decode HTML. */
const json = (value: object): Markup =>
  new Markup(
    JSON.stringify(value).replace(
      /[<>&'\u007f-\uffff]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
