import * as v from 'valibot';
import { failureMode, status } from './judged.ts';
import { described, flag, listOf, ms, number, orNull, shown, text } from './parts.ts';

export const timings = described(
  v.object({ resolve: ms, connect: ms, tls: ms, processing: ms, transfer: ms, total: ms }),
  'Milliseconds; null: the phase was not reached, or this kind of probe does not have it.',
);

export const certificate = v.object({
  subject: text,
  issuer: text,
  names: listOf(v.string()),
  validFrom: text,
  validTo: text,
  daysLeft: v.number(),
  sha256: text,
  chain: described(listOf(v.string()), 'Subjects from the leaf upwards, as sent.'),
});

/** The result of one address of a name, if each address is asked separately. */
const address = v.object({
  address: described(v.string(), 'With its port.'),
  status,
  failureMode,
  code: orNull(v.string()),
  summary: text,
  certificate: orNull(certificate),
});

const resolution = v.object({
  name: text,
  chain: described(listOf(v.string()), 'The CNAME chain of the response, from the requested name.'),
  addresses: listOf(v.string()),
  failures: listOf(v.object({ family: v.picklist([4, 6]), code: v.string(), explanation: text })),
});

const connect = v.object({
  address: v.string(),
  port: v.number(),
  code: described(orNull(v.string()), 'null: connected.'),
  ms: number,
  noRoute: described(flag, 'Nothing was sent, because the prober has no route to this address.'),
});

/** The evidence that supports an outcome. */
export const evidence = v.object({
  summary: described(text, 'The observation in one line.'),
  code: described(orNull(v.string()), "The error's own code, if it has one."),
  body: described(orNull(v.string()), 'The start of the body of an unhealthy response.'),
  headers: described(shown(v.record(v.string(), v.string()), {}), 'Headers that identify the sender of the response.'),
  resolution: orNull(resolution),
  connects: listOf(connect),
  certificate: orNull(certificate),
  addresses: described(listOf(address), 'For a certificate: the result of each address of the name.'),
  redirects: listOf(v.object({ status: v.number(), from: v.string(), location: v.string() })),
  version: described(orNull(v.string()), 'The version of the platform or MLflow, if the response names it.'),
  traceId: orNull(v.string()),
  loopLateMs: described(
    number,
    "The longest delay of the prober's own event loop, which limits the accuracy of the timings.",
  ),
});
