import { Markup, markup } from '../../src/report/markup.ts';

/** The codes that picocolors writes, as a terminal with a dark background shows them; null: back to the default. */
const styles: Readonly<Record<string, readonly [property: 'color' | 'font-weight' | 'opacity', value: string | null]>> =
  {
    1: ['font-weight', '700'],
    2: ['opacity', '0.62'],
    31: ['color', '#ff7a70'],
    32: ['color', '#6cc48d'],
    33: ['color', '#f0a94a'],
    36: ['color', '#6cc4d6'],
    39: ['color', null],
  };

/** Lines cut to a width, without counting codes. Commands are longer than a terminal, and a picture is not copied from. */
export const abridged = (output: string, width: number): string =>
  output
    .split('\n')
    .map((line) => {
      let room = width;
      // Text and codes alternate.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it starts a code
      const parts = line.split(/(\u001b\[\d*m)/);
      return parts
        .map((part, index) => {
          if (index % 2 === 1) return part;
          const kept = part.length <= room ? part : `${part.slice(0, Math.max(0, room - 1))}${room > 0 ? '…' : ''}`;
          room -= Math.min(room, part.length);
          return kept;
        })
        .join('');
    })
    .join('\n');

/** A terminal's coloured output as HTML. @throws for a code that picocolors does not write */
export const terminalHtml = (command: string, output: string): string => {
  const now = new Map<string, string>();
  // Text and codes alternate.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it starts a code
  const parts = output.trimEnd().split(/\u001b\[(\d*)m/);
  const spans = parts.map((part, index) => {
    if (index % 2 === 0) {
      const style = [...now].map(([property, value]) => `${property}:${value}`).join(';');
      return part === '' ? null : markup`<span style="${style}">${part}</span>`;
    }
    if (part === '0' || part === '') now.clear();
    else if (part === '22') for (const property of ['font-weight', 'opacity']) now.delete(property);
    else {
      const style = styles[part];
      if (style === undefined) throw new Error(`a terminal code that is not known: ${part}`);
      const [property, value] = style;
      if (value === null) now.delete(property);
      else now.set(property, value);
    }
    return null;
  });
  return markup`${new Markup('<style>html,body{margin:0;background:#14171a}pre{margin:0;padding:14px 18px;color:#d8dce0;font:12px/1.4 "DejaVu Sans Mono",monospace;white-space:pre-wrap;word-break:break-all}</style>')}<pre><b>$ ${command}</b>
${spans}</pre>`.text;
};
