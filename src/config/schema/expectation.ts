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
  contains: key(text(4_096), 'Text that the body must contain.'),
  equals: key(v.pipe(v.string(), v.maxLength(4_096)), 'The exact body, ignoring white space around it.'),
  json: key(
    v.literal(true, 'only-true' satisfies Format),
    'The body must be a JSON object that does not report an error.',
  ),
  health: key(
    v.literal(true, 'only-true' satisfies Format),
    'The body must be JSON with a health `status`; the report names each dependency that it calls unhealthy.',
  ),
  list: key(
    text(100),
    'The body must be a JSON object with this list, like MLflow search responses: only a page token besides, and an empty list may be absent.',
  ),
  answeredBy: key(
    v.union(
      [answerer, v.pipe(v.array(answerer), v.nonEmpty(), v.maxLength(answerers.length))],
      'answerers' satisfies Format,
    ),
    'Components that may answer. Default: any but the balancer, a firewall, a CDN or a login page.',
  ),
  version: key(
    v.union([v.literal(true), text(100)], 'version' satisfies Format),
    'The version that the body must name: JSON with a `version`, or only the version; true: any version.',
  ),
});

export type Expectation = v.InferOutput<typeof expectation>;
