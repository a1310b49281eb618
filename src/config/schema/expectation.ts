import * as v from 'valibot';
import { type Answerer, answererLabels } from '../../model/answerers.ts';
import type { Format } from '../format.ts';
import { key, text, whole } from './value.ts';

const answerers = Object.keys(answererLabels) as Answerer[];
const answerer = v.picklist(answerers, 'answerers' satisfies Format);

const statusPattern = v.union([whole(100, 599), v.picklist(['2xx', '3xx', '4xx', '5xx'])], 'status' satisfies Format);

export const expectation = v.strictObject({
  status: key(
    v.union([statusPattern, v.pipe(v.array(statusPattern), v.nonEmpty(), v.maxLength(50))], 'status' satisfies Format),
    'A status, a class such as 2xx, or a list of these. Default: 200.',
  ),
  contains: key(text(4_096), 'A text that the body must contain.'),
  equals: key(v.pipe(v.string(), v.maxLength(4_096)), 'What the whole body must be, white space around it aside.'),
  json: key(
    v.literal(true, 'only-true' satisfies Format),
    'The body must be a JSON object that does not call itself an error.',
  ),
  health: key(
    v.literal(true, 'only-true' satisfies Format),
    'The body must be JSON with a `status` in the words of health routes; a dependency that it calls unhealthy is named.',
  ),
  list: key(
    text(100),
    'The body must be a JSON object with this list, as MLflow answers a search: nothing else but a page token, and an empty list may be left out.',
  ),
  answeredBy: key(
    v.union(
      [answerer, v.pipe(v.array(answerer), v.nonEmpty(), v.maxLength(answerers.length))],
      'answerers' satisfies Format,
    ),
    'Who may answer. Default: anyone but the balancer, a firewall, a CDN or a login page.',
  ),
  version: key(
    v.union([v.literal(true), text(100)], 'version' satisfies Format),
    'The version that must answer, as the body names it: JSON with a `version`, or the version alone; true: any version.',
  ),
});

export type Expectation = v.InferOutput<typeof expectation>;
