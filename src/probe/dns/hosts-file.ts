import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

/** The addresses that a hosts file gives to a name, in its order. */
export const addressesIn = (hosts: string, name: string): readonly string[] => {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  return hosts.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    return isIP(address) !== 0 && names.some((one) => one.toLowerCase() === wanted) ? [address] : [];
  });
};

/** What the system's resolver, and so curl, reads before it asks a name server. Empty where there is none. */
export const hostsFile = (): string => {
  try {
    return readFileSync('/etc/hosts', 'utf8');
  } catch {
    return '';
  }
};
