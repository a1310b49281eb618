import * as v from 'valibot';
import { failureMode, status } from './judged.ts';
import { flag, listOf, ms, number, orNull, shown, text } from './parts.ts';

/** Milliseconds per phase; null if the phase was not reached or is not part of this kind of probe. */
export const timings = v.object({ resolve: ms, connect: ms, tls: ms, processing: ms, transfer: ms, total: ms });

export const certificate = v.object({
  subject: text,
  issuer: text,
  names: listOf(v.string()),
  validFrom: text,
  validTo: text,
  daysLeft: v.number(),
  sha256: text,
  /** Subjects from the leaf upwards, without the root. */
  chain: listOf(v.string()),
});

/** The result of one address of a name, if each address is asked separately. */
const address = v.object({
  /** With its port. */
  address: v.string(),
  status,
  failureMode,
  code: orNull(v.string()),
  summary: text,
  certificate: orNull(certificate),
});

const lookupFailure = v.object({
  family: v.picklist([4, 6]),
  code: v.string(),
  /** Extra text from the name server (RFC 8914); empty if none. */
  explanation: text,
});

export const resolution = v.object({
  name: text,
  /** The CNAME chain, starting with the requested name; empty for an address. */
  chain: listOf(v.string()),
  addresses: listOf(v.string()),
  /** Failed lookups. The other family's lookup may still have succeeded. */
  failures: listOf(lookupFailure),
});

export const connect = v.object({
  address: v.string(),
  port: v.number(),
  /** Null: connected. */
  code: orNull(v.string()),
  ms: number,
  /** Nothing was sent: this host has no route to the address, or lacks the address family. */
  noRoute: flag,
});

export const redirect = v.object({ status: v.number(), from: v.string(), location: v.string() });

/** The evidence that supports an outcome. */
export const evidence = v.object({
  /** What was seen, in one line. */
  summary: text,
  /** The native error code, if there is one (ENOTFOUND, CERT_HAS_EXPIRED, HPE_INVALID_CONSTANT …). */
  code: orNull(v.string()),
  /** The start of the body of an unhealthy response. */
  body: orNull(v.string()),
  /** The headers that identify the answerer. */
  headers: shown(v.record(v.string(), v.string()), {}),
  resolution: orNull(resolution),
  connects: listOf(connect),
  certificate: orNull(certificate),
  /** The result of each address, in order; certificates only. */
  addresses: listOf(address),
  redirects: listOf(redirect),
  /** The platform's or MLflow's version, if the response names it. */
  version: orNull(v.string()),
  traceId: orNull(v.string()),
  /** The worst event loop lag during the attempt, which shows how far the timings can be trusted. */
  loopLateMs: number,
});
