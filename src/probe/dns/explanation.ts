import { joined, phrase, Raw } from '../../raw/raw.ts';

/** The explanation codes that a reader can act on (RFC 8914, section 4). */
const meanings: Readonly<Record<number, string>> = {
  1: 'Unsupported DNSKEY Algorithm',
  3: 'Stale Answer',
  6: 'DNSSEC Bogus',
  7: 'Signature Expired',
  8: 'Signature Not Yet Valid',
  9: 'DNSKEY Missing',
  10: 'RRSIGs Missing',
  15: 'Blocked',
  16: 'Censored',
  17: 'Filtered',
  18: 'Prohibited',
  20: 'Not Authoritative',
  22: 'No Reachable Authority',
  23: 'Network Error',
};

const extendedError = 15;
/** Explanations kept of one response. */
const mostExplanations = 3;

/** The extended errors among the EDNS options. Skips truncated ones. */
export const explanationOf = (options: Buffer): Raw => {
  const found: Raw[] = [];
  for (let at = 0; at + 4 <= options.length; at += 4 + options.readUInt16BE(at + 2)) {
    const to = at + 4 + options.readUInt16BE(at + 2);
    if (options.readUInt16BE(at) !== extendedError || to < at + 6 || to > options.length) continue;
    const code = options.readUInt16BE(at + 4);
    const text = options.toString('utf8', at + 6, to).trim();
    const meaning = [`EDE ${code}`, meanings[code]].filter((word) => word !== undefined).join(' ');
    found.push(text === '' ? phrase`${meaning}` : phrase`${meaning}: ${Raw.from(text)}`);
  }
  return joined(found.slice(0, mostExplanations), '; ');
};
