import { isIP } from 'node:net';

/**
 * Whether a request's Host header names this machine. A page of another site can make a browser send requests here by
 * changing what its own name resolves to (DNS rebinding); then the header holds that site's name.
 *
 * @param names of this machine: the one to listen on, and its host name
 */
export const isAllowedHost = (header: string, names: readonly string[]): boolean => {
  const [, bracketed, plain] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]/@]+))(?::\d{1,5})?$/.exec(header) ?? [];
  const host = (bracketed ?? plain ?? '').toLowerCase().replace(/\.$/, '');
  if (bracketed !== undefined || isIP(host) !== 0) return isIP(host) !== 0;
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    (host !== '' && names.some((name) => name.toLowerCase() === host))
  );
};
