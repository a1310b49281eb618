/** The page's own style sheet: no outside references, light or dark as the reader prefers, printable. */
export const styles = `
:root{color-scheme:light dark;--page:#fff;--text:#1f2328;--quiet:#656d76;--line:#d8dee4;--soft:#f6f8fa;
--healthy:#2c7a4b;--failing:#c62828;--degraded:#a85a00;--inconclusive:#57606a;
--resolve:#8b7fd6;--connect:#d9962b;--tls:#2f9e9e;--processing:#4b7fe0;--transfer:#6fae4f}
@media (prefers-color-scheme:dark){:root{--page:#14171a;--text:#e6e8eb;--quiet:#949ba4;--line:#30363d;--soft:#1c2126;
--healthy:#6cc48d;--failing:#ff7a70;--degraded:#f0a94a;--inconclusive:#aab2bb;
--resolve:#a99ff0;--connect:#f0b85a;--tls:#5cc4c4;--processing:#7ba5f5;--transfer:#93cf74}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}
main{max-width:880px;margin:0 auto;padding:28px 20px 40px}
header p{margin:0;color:var(--quiet)}
h1{font-size:25px;line-height:1.3;margin:6px 0 4px;overflow-wrap:anywhere}
h2{font-size:17px;margin:32px 0 8px;padding-bottom:4px;border-bottom:1px solid var(--line)}
h3{font-size:15px;margin:4px 0}h3.fault{font-size:16px;margin:22px 0 4px}
h1.long{font-size:20px}header p.lead{color:var(--text);font-size:17px}
header p.notice{color:var(--degraded);font-weight:600}
p{margin:4px 0}
code,pre{font-family:ui-monospace,"SF Mono",Consolas,"DejaVu Sans Mono",monospace;font-size:13px}
code{overflow-wrap:anywhere}code.quiet{display:inline-block}
pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:8px 12px;margin:6px 0;white-space:pre-wrap;overflow-wrap:anywhere;max-height:420px;overflow:auto}
.verdict{display:inline-block;margin-top:4px;font-weight:700;font-size:13px;letter-spacing:.02em;border:1.5px solid;border-radius:99px;padding:1px 12px}
.healthy,.pass{color:var(--healthy)}.failing,.fail{color:var(--failing)}.degraded,.still-failing{color:var(--degraded)}
.inconclusive{color:var(--inconclusive)}.skipped,.quiet{color:var(--quiet)}
.path{margin:18px 0 8px}.path svg{width:100%;height:auto;display:block}
.path .narrow,.path .phone{display:none}.path .narrow{max-width:640px}.path .phone{max-width:480px}
.causes{list-style:none;margin:8px 0;padding:0}
.causes li{padding:3px 0;display:grid;grid-template-columns:84px 1fr;gap:0 10px}
.sure{white-space:nowrap;font-variant-numeric:tabular-nums;font-weight:700;text-align:right}
dl{margin:8px 0;display:grid;grid-template-columns:max-content 1fr;gap:3px 14px}
dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere;min-width:0}
.next{margin:8px 0;padding-left:22px}.next li{margin:10px 0}
.row{display:grid;grid-template-columns:18px minmax(0,300px) 64px minmax(0,1fr);gap:0 10px;align-items:center;padding:2px 0}
.row>:nth-child(2){overflow-wrap:anywhere}
.ms{text-align:right;font-variant-numeric:tabular-nums;color:var(--quiet);white-space:nowrap}
.bar{width:100%;height:11px;display:block;background:var(--soft);border-radius:2px}
.resolve{fill:var(--resolve);background:var(--resolve)}.connect{fill:var(--connect);background:var(--connect)}.tls{fill:var(--tls);background:var(--tls)}
.processing{fill:var(--processing);background:var(--processing)}.transfer{fill:var(--transfer);background:var(--transfer)}
.step-pass{fill:var(--healthy)}.step-fail{fill:var(--failing)}.step-degraded{fill:var(--degraded)}.step-inconclusive{fill:var(--inconclusive)}.step-skipped{fill:var(--line)}
.legend{color:var(--quiet);font-size:13px;display:flex;flex-wrap:wrap;gap:2px 16px;margin:10px 0 0}
.legend i{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px;vertical-align:-1px}
.seen{margin:2px 0 12px 28px;padding-left:12px;border-left:3px solid var(--line);overflow-wrap:anywhere}
details{margin:2px 0}summary{cursor:pointer}.seen summary{margin-left:18px;list-style-position:outside}
.group{border-bottom:1px solid var(--line);padding:6px 0}
.group>summary{list-style-position:outside;margin-left:18px}
.group .row{font-size:14px}
footer{margin-top:36px;padding-top:10px;border-top:1px solid var(--line);color:var(--quiet);font-size:13px;overflow-wrap:anywhere}
@media (max-width:760px){.path .wide{display:none}.path .narrow{display:block}.row{grid-template-columns:18px minmax(0,1fr) 64px}.row>:nth-child(4){grid-column:2/-1;margin-bottom:4px}h1{font-size:21px}}
@media (max-width:519px){.path .narrow{display:none}.path .phone{display:block}}
@media print{:root{color-scheme:light;--page:#fff;--text:#000;--quiet:#555;--line:#ccc;--soft:#f4f4f4;--healthy:#2c7a4b;--failing:#c62828;--degraded:#a85a00;--inconclusive:#57606a}
main{max-width:none;padding:0}body{font-size:11pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.row,.causes li,.next li,.path,pre{break-inside:avoid}h2,h3{break-after:avoid}pre{max-height:none}
.seen details::details-content{content-visibility:visible;block-size:auto}.seen summary{list-style:none}}
`;
