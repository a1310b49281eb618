import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';

/**
 * The authorities that Node trusts, plus those of `network.caFile`. Node's are the bundled ones, NODE_EXTRA_CA_CERTS
 * and, with --use-system-ca or --use-openssl-ca, the system's. Only Node knows all of them: `tls.getCACertificates`
 * omits OpenSSL's store, and the option `ca` replaces everything. So the file's authorities are added to a context that
 * has Node's.
 */
export const trustedContext = (extraCa: string | null, options: SecureContextOptions = {}): SecureContext => {
  const trust = createSecureContext(options);
  if (extraCa !== null) trust.context.addCACert(extraCa);
  return trust;
};
