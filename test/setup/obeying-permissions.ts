import { existsSync } from 'node:fs';

const setpriv = '/usr/bin/setpriv';

/** Prefix of a command that makes root obey file permissions; empty for other users. */
export const obeyingPermissions = (): readonly string[] =>
  process.getuid?.() === 0 && existsSync(setpriv)
    ? [setpriv, '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-dac_override,-dac_read_search']
    : [];
