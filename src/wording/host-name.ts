import { plainText } from './plain-text.ts';

/** The host's name; the role itself if it has none, even if the role is called `constructor`. */
export const hostNameOf = (hosts: Readonly<Record<string, string>>, role: string): string =>
  (Object.hasOwn(hosts, role) ? hosts[role] : undefined) ?? plainText(role);
