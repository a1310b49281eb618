/** The part of a stream that describes its terminal. */
interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Line width without a terminal: most log viewers show that much. */
const pipeWidth = 160;

/** Any narrower, and a word takes a line. */
const leastWidth = 30;

/** The three dots of a cut text in ASCII are longer than our one sign. */
const longerCut = 2;

/** Colour and width of the output. COLUMNS states a width that the user prefers, as POSIX has it. */
export const describeTerminal = (
  { isTTY, columns }: Screen,
  env: Environment,
): { readonly color: boolean; readonly width: number } => ({
  color: hasColor(isTTY === true, env),
  width: Math.max(
    leastWidth,
    (saidColumns(env) ?? (isTTY === true && columns ? columns : pipeWidth)) - (hasUnicode(env) ? 0 : longerCut),
  ),
});

/** NO_COLOR (no-color.org) outranks FORCE_COLOR (force-color.org), as in most tools; both outrank the terminal. */
const hasColor = (isTTY: boolean, env: Environment): boolean => {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return isTTY && env['TERM'] !== 'dumb';
};

const saidColumns = (env: Environment): number | null =>
  /^[1-9][0-9]{0,3}$/.test(env['COLUMNS'] ?? '') ? Number(env['COLUMNS']) : null;

/**
 * Whether our signs can be shown. The first of the locale's variables that is set decides. Without any, as in cron and in
 * containers, the output usually goes to a log in UTF-8. The font of the Linux console lacks our signs.
 */
export const hasUnicode = (env: Environment): boolean => {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((one) => one !== undefined && one !== '');
  return env['TERM'] !== 'linux' && (locale === undefined || /utf-?8/i.test(locale));
};
