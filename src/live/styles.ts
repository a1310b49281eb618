import { stylesOf, variablesOf } from '../functions/widget/styles.ts';

/** Widths of the pictures, pixels: a phone, a tablet, a desk. Each is shown where it fits. */
export const pictureWidths = [340, 700, 1_060] as const;

/** Our own styles: nothing is loaded, and the reader's system chooses light or dark. */
export const pageStyles = `
:root{color-scheme:light dark;--hs-page:#fff;${variablesOf('light')}}
@media (prefers-color-scheme:dark){:root{--hs-page:#14171a;${variablesOf('dark')}}}
*{box-sizing:border-box}
body{margin:0;background:var(--hs-page)}
main{max-width:1100px;margin:0 auto;padding:20px}
${stylesOf('auto')}
.hs a{color:inherit}
.hs a:focus-visible{outline:2px solid var(--hs-text);outline-offset:2px}
.w340,.w700,.w1060{display:none}
@media (max-width:739px){.w340{display:block}}
@media (min-width:740px) and (max-width:1099px){.w700{display:block}}
@media (min-width:1100px){.w1060{display:block}}
.hs .days li{margin:9px 0}
.subject{display:flex;gap:10px;align-items:baseline}
.share{margin-left:auto;font-variant-numeric:tabular-nums;white-space:nowrap}
.hs svg.strip{width:100%;height:24px;border-bottom:1px solid var(--hs-line)}
.small{font-size:12.5px}
.scale{display:flex;justify-content:space-between}
.bar-ok{fill:var(--hs-works)}.bar-degraded{fill:var(--hs-suspect)}.bar-failed{fill:var(--hs-broken)}.bar-unknown{fill:var(--hs-quiet)}
.hs .cycles{list-style:none}.hs .cycles li{display:flex;flex-wrap:wrap;gap:0 10px;margin:3px 0}
.cycles time,.cycles .ms{font-variant-numeric:tabular-nums;white-space:nowrap}
.cycles .ms{min-width:56px;text-align:right}
.hs footer{border-top:1px solid var(--hs-line);margin-top:16px;padding-top:8px}
.hs footer p{margin:2px 0}
`;
