import { versionBytes } from '../cut-text.ts';

/** Bytes of each text in the stored JSON. Longer texts are cut, because server text has no length limit. */
export const storedTextBytes = {
  /** Ids of requests, hosts, environments, channels. The configuration accepts 100 characters at most. */
  name: 128,
  /** Ids of incidents, events and runs, which are built from names. */
  id: 256,
  time: 40,
  /** Server text as an incident shows it. */
  summary: 300,
  /** The platform's version. */
  version: versionBytes,
  /** Why something is muted, was refused or could not be read. The configuration accepts 200 characters. */
  reason: 640,
  /** The same reason, stored once more for each mute in force. */
  reasonInForce: 160,
  /** What a person writes about a judgement. The command accepts 200 characters. */
  note: 640,
  /** What is normal for a request (normal/normal.ts). Exact: an entry of another length is not read. */
  normal: 83,
} as const;

/** Entries of each stored list. */
export const storedEntries = {
  /** Earlier causes kept per incident. */
  history: 20,
  /** Messages that an incident's story keeps. */
  story: 30,
  /** People's judgements; their room is the tighter bound. */
  judgements: 500,
  /** Failing requests that an incident shows. */
  affected: 20,
  /** Requests that an incident remembers having taken down. It does not wait for further ones to recover. */
  everAffected: 200,
  /** Different things that an incident's responses have said. */
  says: 20,
  /** More than the number of hypotheses. */
  causes: 64,
  hosts: 20,
  /** More than any request path has. */
  hops: 40,
  channels: 8,
  /** The configuration's maximum for `open.of` and `resolveAfter`. */
  marks: 1_000,
  /** Mutes set by hand; and together with the 100 that the configuration accepts. */
  mutes: 20,
  mutesInForce: 120,
  /** Incidents listed when a mute ends. */
  unmuted: 50,
  /** Requests whose normal is known: together they stay within 4 KB. The platform has 33. */
  normals: 47,
} as const;
