import type { FailureMode } from '../model/failure-modes.ts';
import type { Runbook } from '../model/runbook.ts';

/** A request that met the certificate. `validTo`: ISO 8601, of the certificate that the host itself presents. */
interface Met {
  readonly failureMode: FailureMode | null;
  readonly validTo?: string;
}

type Words = Pick<Runbook, 'title' | 'headline' | 'remedy'>;

/** How a certificate can be wrong: the end of a sentence about it, a headline, and the fix. */
const wrongs = {
  'tls-expired': {
    is: 'has expired, or one of its issuers has',
    headline: 'certificate has expired',
    remedy: 'Renew the certificate, and attach the new one with its chain to the listener.',
  },
  'tls-not-yet-valid': {
    is: 'is not valid yet',
    headline: 'certificate is not valid yet',
    remedy: 'Attach a certificate that is valid now. If this one should be, set the clock of the prober.',
  },
  'tls-name-mismatch': {
    is: 'does not cover the name of the host',
    headline: 'certificate is for another name',
    remedy: 'Attach the certificate of this host to the listener.',
  },
  'tls-untrusted': {
    is: 'is not signed by a trusted CA, or its chain is incomplete',
    headline: 'certificate is not trusted',
    remedy: 'Attach a certificate of a public CA, with its whole chain.',
  },
} as const satisfies Partial<
  Record<FailureMode, { readonly is: string; readonly headline: string; readonly remedy: string }>
>;

const handshake: Words = {
  title: 'The listener ends the TLS handshake: over its versions or ciphers, or a client certificate that it asks for.',
  headline: 'TLS handshake fails',
  remedy: "Restore the listener's security policy, and turn off client certificates if none should be needed.",
};

/** The words for what these requests met; null: nothing that tells how the certificate is wrong. `now`: ISO 8601. */
export const certificateWords = (met: readonly Met[], now: string | null): Words | null => {
  const modes = (Object.keys(wrongs) as readonly (keyof typeof wrongs)[]).filter((mode) =>
    met.some(({ failureMode }) => failureMode === mode),
  );
  const [only, ...others] = modes;
  if (only === undefined)
    return met.some(({ failureMode }) => failureMode === 'tls-handshake-failed') ? handshake : null;
  if (others.length > 0)
    return { ...severalWords, title: titleOf(modes.map((mode) => wrongs[mode].is).join('; or it ')) };
  const { headline, remedy } = wrongs[only];
  return { title: titleOf(only === 'tls-expired' ? expiry(met, now) : wrongs[only].is), headline, remedy };
};

const severalWords = {
  headline: 'certificate is not valid',
  remedy: 'Attach certificates that are valid now, cover their hosts, and have their whole chain.',
};

const titleOf = (is: string): string => `The certificate on the listener ${is}.`;

/** An end that is still to come is the host's own certificate's; then an issuer has expired. */
const expiry = (met: readonly Met[], now: string | null): string => {
  const ends = met.flatMap(({ failureMode, validTo }) =>
    failureMode === 'tls-expired' && validTo !== undefined ? [validTo] : [],
  );
  const days = new Set(ends.map((end) => end.slice(0, 10)));
  const [day] = days;
  if (day === undefined || days.size > 1 || now === null) return wrongs['tls-expired'].is;
  return ends.every((end) => end <= now) ? `expired on ${day}` : 'is in its time, but one of its issuers has expired';
};
