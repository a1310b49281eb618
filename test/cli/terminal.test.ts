import { describe, expect, it } from 'vitest';
import { ascii } from '../../src/cli/ascii.ts';
import { describeTerminal, hasUnicode } from '../../src/cli/terminal.ts';

const screen = { isTTY: true, columns: 80 };

describe('the terminal', () => {
  it.each([
    ['a terminal', screen, {}, { color: true, width: 80 }],
    ['a phone', { isTTY: true, columns: 40 }, {}, { color: true, width: 40 }],
    ['a pipe', {}, {}, { color: false, width: 160 }],
    ['a terminal that does not know its width', { isTTY: true, columns: 0 }, {}, { color: true, width: 160 }],
    ['TERM=dumb', screen, { TERM: 'dumb' }, { color: false, width: 80 }],
    ['NO_COLOR', screen, { NO_COLOR: '1' }, { color: false, width: 80 }],
    ['an empty NO_COLOR', screen, { NO_COLOR: '' }, { color: true, width: 80 }],
    ['FORCE_COLOR in a pipe', {}, { FORCE_COLOR: '1' }, { color: true, width: 160 }],
    ['FORCE_COLOR=0', screen, { FORCE_COLOR: '0' }, { color: false, width: 80 }],
    ['NO_COLOR and FORCE_COLOR', screen, { NO_COLOR: '1', FORCE_COLOR: '1' }, { color: false, width: 80 }],
    ['COLUMNS in a pipe', {}, { COLUMNS: '100' }, { color: false, width: 100 }],
    ['COLUMNS on a terminal', screen, { COLUMNS: '200' }, { color: true, width: 200 }],
    ['COLUMNS that is no width', screen, { COLUMNS: 'wide' }, { color: true, width: 80 }],
    ['a width that holds no word', screen, { COLUMNS: '1' }, { color: true, width: 30 }],
    ['ASCII, whose three dots need space', screen, { LC_ALL: 'C' }, { color: true, width: 78 }],
  ])('is as wide and colourful as %s', (_, stream, env, described) => {
    expect(describeTerminal(stream, env)).toEqual(described);
  });

  it.each([
    [true, {}],
    [true, { LANG: 'de_DE.UTF-8' }],
    [true, { LC_CTYPE: 'UTF-8', LANG: 'C' }],
    [true, { LC_ALL: 'C.utf8' }],
    [false, { LC_ALL: 'C', LANG: 'en_US.UTF-8' }],
    [false, { LANG: 'POSIX' }],
    [false, { LC_ALL: '', LANG: 'de_DE@euro' }],
    [false, { LANG: 'en_US.UTF-8', TERM: 'linux' }],
  ])('shows our signs: %s with %o', (shown, env) => {
    expect(hasUnicode(env)).toBe(shown);
  });
});

it('in ASCII, each sign has a stand-in, and foreign letters lose their accents or become a question mark', () => {
  expect(ascii('✓ DNS · ✗ MLflow … “a” → b’s café 漢')).toBe(`+ DNS - x MLflow ... "a" -> b's cafe ?`);
  expect(ascii('\u001b[31m✗\u001b[39m')).toBe('\u001b[31mx\u001b[39m');
});
