import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.ts';

export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

export interface Authority {
  readonly file: string;
  /** @param days until it expires; -1: it expired yesterday, the earliest that OpenSSL allows. */
  issue(name: string, hosts: readonly string[], days?: number): Promise<CertificateFiles>;
}

const limitMs = 120_000;
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const yearDays = 365;

/** A certificate authority in a folder, made with OpenSSL's command line. */
export const makeAuthority = async (openssl: string, folder: string): Promise<Authority> => {
  const at = (name: string): string => join(folder, name);
  const ask = (...args: readonly string[]): Promise<string> => run(openssl, args, { limitMs });
  const ca = [
    '-x509',
    '-days',
    '30',
    '-subj',
    '/CN=Hokusai test authority',
    '-addext',
    'keyUsage=critical,keyCertSign',
  ];
  await ask('req', ...newKey, ...ca, '-keyout', at('ca.key'), '-out', at('ca.pem'));
  let serial = 0;
  return {
    file: at('ca.pem'),
    issue: async (name, hosts, days = yearDays) => {
      serial += 1;
      const [request, key, certificate, extensions] = ['csr', 'key', 'pem', 'ext'].map((kind) => at(`${name}.${kind}`));
      if (request === undefined || key === undefined || certificate === undefined || extensions === undefined)
        throw new Error('a name is missing');
      await ask('req', '-new', ...newKey, '-subj', `/CN=${hosts[0]}`, '-keyout', key, '-out', request);
      await writeFile(extensions, `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}\n`);
      const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-set_serial', String(serial)];
      await ask(
        'x509',
        '-req',
        '-in',
        request,
        ...by,
        '-days',
        String(days),
        '-extfile',
        extensions,
        '-out',
        certificate,
      );
      return { certificate, key };
    },
  };
};
