import type { Severity } from '../../model/incident.ts';
import { palettes } from '../../report/path-colors.ts';
import type { Headline } from './headline.ts';

/** `auto`: the colours are variables of the page around it. */
export type Theme = 'light' | 'dark' | 'auto';

/** Colours beside those of the path: lines, and the background of commands. */
const surfaces = {
  light: { line: '#d5dbdb', soft: '#f4f6f8' },
  dark: { line: '#414d5c', soft: '#0f141a' },
} as const;

const fixed = {
  light: { ...palettes.light, ...surfaces.light },
  dark: { ...palettes.dark, ...surfaces.dark },
} as const;

type Inks = Readonly<Record<keyof typeof fixed.light, string>>;
const names = Object.keys(fixed.light) as readonly (keyof Inks)[];

const variable = (name: keyof Inks): string => `var(--hs-${name})`;

const variables: Inks = {
  ...{ text: variable('text'), quiet: variable('quiet'), sign: variable('sign') },
  ...{ works: variable('works'), broken: variable('broken'), suspect: variable('suspect') },
  ...{ halo: variable('halo'), line: variable('line'), soft: variable('soft') },
};

const inksOf = (theme: Theme): Inks => (theme === 'auto' ? variables : fixed[theme]);

/** The variables of one theme, for the page around a widget with theme `auto`. */
export const variablesOf = (theme: Exclude<Theme, 'auto'>): string =>
  names.map((name) => `--hs-${name}:${fixed[theme][name]}`).join(';');

export const lineColor = (theme: Theme): string => inksOf(theme).line;
export const quietColor = (theme: Theme): string => inksOf(theme).quiet;

export const severityColor = (severity: Severity, theme: Theme): string => {
  const { broken, suspect, quiet } = inksOf(theme);
  return { critical: broken, warning: suspect, notice: quiet }[severity];
};

const toneColor = (tone: Headline['tone'], theme: Theme): string => {
  const { works, broken, suspect, quiet } = inksOf(theme);
  return { good: works, bad: broken, attention: suspect, unknown: quiet }[tone];
};

/** Scoped to the widget, because the dashboard around it has its own styles. */
export const stylesOf = (theme: Theme): string => {
  const { text, quiet, sign, line, soft } = inksOf(theme);
  const tones = (['good', 'bad', 'attention', 'unknown'] as const).map(
    (tone) =>
      `.hs .${tone}{color:${toneColor(tone, theme)}}.hs i.${tone}{background:${toneColor(tone, theme)};color:${sign}}`,
  );
  const ranks = (['critical', 'warning', 'notice'] as const).map(
    (one) => `.hs .${one}{color:${severityColor(one, theme)}}`,
  );
  return `
.hs{color:${text};font:14px/1.45 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
.hs h1,.hs h2,.hs h3,.hs p,.hs ul,.hs ol{margin:0;padding:0;color:inherit}
.hs h1{font-size:19px;line-height:1.3;font-weight:700;display:flex;gap:10px;align-items:flex-start}
.hs h1 i{flex:none;width:25px;height:25px;border-radius:50%;font-style:normal;font-size:15px;line-height:25px;text-align:center}
.hs h2{font-size:13px;line-height:1.4;font-weight:700;margin:14px 0 4px}
.hs section>h2:first-child{margin-top:0}
.hs h3{font-size:14px;line-height:1.4;font-weight:700;display:flex;flex-wrap:wrap;gap:2px 10px;align-items:center}
.hs .reason{margin:2px 0 0 35px}
.hs .quiet,.hs .reason{color:${quiet}}
.hs svg{display:block;max-width:100%;height:auto}
.hs .path{margin:14px 0 2px}
.hs section{border-top:1px solid ${line};margin-top:12px;padding-top:10px}
.hs .spread{margin-left:auto}
.hs .btn{font-size:13px;font-weight:700;padding:1px 12px;border:1px solid ${quiet};border-radius:4px;background:none;color:${text};cursor:pointer;text-decoration:none}
.hs ul{list-style:none}
.hs .causes li{display:flex;gap:10px;margin:3px 0}
.hs .causes b{flex:none;min-width:46px;text-align:right}
.hs .apart li{margin:4px 0}
.hs .over li{display:flex;flex-wrap:wrap;gap:2px 10px;align-items:center;margin:4px 0}
.hs code,.hs pre{font:12.5px/1.45 ui-monospace,Consolas,"DejaVu Sans Mono",monospace;color:${text};background:${soft}}
.hs code{background:none;padding:0;display:inline-block}
.hs pre{border:1px solid ${line};border-radius:4px;padding:6px 10px;margin:5px 0;white-space:pre-wrap;overflow-wrap:anywhere}
.hs ol.steps{padding-left:20px}.hs ol.steps li{margin:6px 0}
.hs .note{border:1px solid ${line};border-radius:4px;padding:6px 10px;margin-top:10px}
${tones.join('\n')}
${ranks.join('\n')}
`;
};
