import * as v from 'valibot';
import { failureMode, status } from './judged.ts';
import { described, flag, listOf, ms, number, orNull, shown, text } from './parts.ts';

export const timings = described(
  v.object({ resolve: ms, connect: ms, tls: ms, processing: ms, transfer: ms, total: ms }),
  'Milliseconds; null: the phase was not reached, or is no part of this kind of probe.',
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
  chain: described(listOf(v.string()), 'The names that the answer went through, the asked one first.'),
  addresses: listOf(v.string()),
  failures: listOf(v.object({ family: v.picklist([4, 6]), code: v.string(), explanation: text })),
});

const connect = v.object({
  address: v.string(),
  port: v.number(),
  code: described(orNull(v.string()), 'null: connected.'),
  ms: number,
  noRoute: described(flag, 'Nothing was sent: the prober itself has no route to this address.'),
});

/** The evidence that supports an outcome. */
export const evidence = v.object({
  summary: described(text, 'One line: what was seen.'),
  code: described(orNull(v.string()), "The cause's own code, where there is one."),
  body: described(orNull(v.string()), 'The start of the body of an answer that is not healthy.'),
  headers: described(shown(v.record(v.string(), v.string()), {}), 'Those that tell who answered.'),
  resolution: orNull(resolution),
  connects: listOf(connect),
  certificate: orNull(certificate),
  addresses: described(listOf(address), 'Of a certificate: what each address of the name showed by itself.'),
  redirects: listOf(v.object({ status: v.number(), from: v.string(), location: v.string() })),
  version: described(orNull(v.string()), "The platform's or MLflow's version, where the answer names it."),
  traceId: orNull(v.string()),
  loopLateMs: described(number, 'How late the prober itself was at its worst: what the timings are worth.'),
});
