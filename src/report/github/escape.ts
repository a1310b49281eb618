import { cut, plainText } from '../../wording/plain-text.ts';

/*
 * The runner treats a line that begins with `::` as a command, and `##[` anywhere as a command in the older form
 * (actions/runner, ActionCommand). Server text must not become one.
 */

/** The value of a command: the rest of its line. */
export const commandData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** The value of a command's property, which `:` and `,` would end. */
export const commandProperty = (text: string): string =>
  commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const withoutCommand = (text: string): string => plainText(text).replaceAll('##[', '## [').replaceAll('::', ': :');

/** Outside text as code, where Markdown and HTML have no effect. */
export const code = (text: string, most = 300): string => {
  const shown = cut(withoutCommand(text), most);
  if (shown === '') return '';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
};

/** A command as a block. Outside text in it cannot close the fence. */
export const fenced = (command: string): string => {
  const text = withoutCommand(command);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${text}\n${fence}`;
};

/** The same for a table, where `|` ends a cell even within code. */
export const codeCell = (text: string): string => code(text).replaceAll('|', '\\|');

/** Our own text, with names from the configuration, as prose. */
export const prose = (text: string): string => withoutCommand(text).replace(/[\\`*_[\]<>|&~#]/g, '\\$&');
