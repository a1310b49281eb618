/** The page's own styles; nothing is loaded from elsewhere. Blue is the truth, orange is anything else. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fbfbfa; --ink: #1d1f23; --quiet: #6b6f76; --line: #e3e4e6; --strong: #c3c6cb;
  --truth: #1f5fbf; --other: #d9730d; --on-truth: #fff; --on-other: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16181c; --ink: #e4e6ea; --quiet: #969ba5; --line: #2a2d33; --strong: #444954;
    --truth: #5d9bf0; --other: #f0913d; --on-truth: #0d1015; --on-other: #0d1015;
  }
}
* { box-sizing: border-box }
body { margin: 0 auto; padding: 32px 32px 48px; max-width: 1390px; background: var(--page); color: var(--ink);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif }
h1 { font-size: 22px; font-weight: 650; margin: 0 0 4px; letter-spacing: -.01em }
h2 { font-size: 16px; font-weight: 650; margin: 44px 0 4px }
p { margin: 0 0 10px; max-width: 92ch }
.quiet { color: var(--quiet) }
.above { margin: 0; font-size: 12.5px; color: var(--quiet) }
.promises { list-style: none; margin: 18px 0 0; padding: 0 }
.promises li { padding-left: 24px; position: relative }
.promises li::before { position: absolute; left: 0; font-weight: 700 }
.holds::before { content: "✓"; color: var(--truth) }
.broken::before { content: "✗"; color: var(--other) }
.wide { overflow-x: auto; padding-bottom: 4px }
.wide:focus-visible { outline: 2px solid var(--truth) }
.scrolls { display: none }
@media (max-width: 1320px) { .scrolls { display: inline } }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
.map th { font-weight: 400; text-align: left; white-space: nowrap; font-size: 11.5px; line-height: 1.2 }
.map thead th, .map tfoot th { padding: 6px 0; height: 1px; vertical-align: bottom }
.map tfoot th { vertical-align: top }
.map .up { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; display: inline-block; line-height: 25px }
.map tfoot .up { text-align: right }
.map tbody th { padding: 0 9px 0 0 }
.map tbody th.hop { color: var(--quiet); padding-right: 14px; vertical-align: top; padding-top: 5px }
.map tbody th.name { text-align: right }
.map td { width: 26px; min-width: 26px; height: 22px; padding: 0; text-align: center; border: 1px solid var(--line); font-size: 10.5px; line-height: 1; position: relative }
.map tr.first > th { border-top: 1px solid var(--strong) }
.map tr:first-child > td { border-top-color: var(--strong) }
.map tr.last > td { border-bottom-color: var(--strong) }
.map td.start { border-left-color: var(--strong) }
.map td.edge { border-right-color: var(--strong) }
.pairs tr:first-child > td { border-top-color: var(--line) }
.map tbody tr:hover td:not(.truth):not(.other) { background: color-mix(in srgb, var(--ink) 5%, transparent) }
.map td.truth { background: color-mix(in srgb, var(--truth) var(--mass), var(--page)) }
.map td.other { background: color-mix(in srgb, var(--other) var(--mass), var(--page)) }
.map td.truth.full { color: var(--on-truth) }
.map td.other.full { color: var(--on-other) }
.map td.expected { box-shadow: inset 0 0 0 1.5px var(--truth) }
.map td.tied::after { content: ""; position: absolute; right: 2px; top: 2px; width: 4px; height: 4px; border-radius: 50%; background: currentColor }
.pairs td.both { background: color-mix(in srgb, var(--truth) 78%, var(--page)) }
.pairs td.one { background: linear-gradient(135deg, color-mix(in srgb, var(--truth) 78%, var(--page)) 50%, var(--other) 50%) }
.pairs td.none { background: var(--other) }
.pairs td.hidden { background: repeating-linear-gradient(135deg, transparent 0 3px, var(--strong) 3px 4px) }
.pairs td.not-applicable { color: var(--quiet) }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0 14px; padding: 0; list-style: none; color: var(--quiet); font-size: 12.5px }
.legend li { display: flex; align-items: center; gap: 7px }
.legend table { flex: none }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.facts { margin-top: 8px }
.facts th, .facts td { font-weight: 400; text-align: left; vertical-align: top; padding: 4px 24px 4px 0; border-bottom: 1px solid var(--line) }
.facts thead th { color: var(--quiet); font-size: 12.5px }
.facts td.figure { text-align: right; padding-right: 0; white-space: nowrap }
footer { margin-top: 36px; font-size: 12.5px; color: var(--quiet) }
`;
