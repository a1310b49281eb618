import { existsSync } from 'node:fs';

const setpriv = '/usr/bin/setpriv';

/** Prefix of a command that takes the right from root to read and write against a file's permissions; for others it is empty. */
export const obeyingPermissions = (): readonly string[] =>
  process.getuid?.() === 0 && existsSync(setpriv)
    ? [setpriv, '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-dac_override,-dac_read_search']
    : [];
