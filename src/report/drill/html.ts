import type { Drill } from '../../model/drill.ts';
import { heatMap } from './html-heat.ts';
import { pairLegend, pairTable } from './html-pairs.ts';
import { html } from './html-text.ts';
import { style } from './style.ts';
import { missedInPairs, noiseTroubles, singleTroubles, type Trouble } from './trouble.ts';
import { answerWords, figureLines, headline, methodLines } from './words.ts';

/** The drill as a self-contained page: no script, nothing loaded from elsewhere, light and dark. */
export const renderDrillHtml = (drill: Drill): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hokusai drill: ${html(headline(drill))}</title>
<style>${style}</style>
</head>
<body>
<p class="above">hokusai-synthetics drill · the platform of ${html(drill.generation)}</p>
<h1>How well faults are named</h1>
<p>${sentence(headline(drill))}</p>
<ul class="promises">
${drill.promises.map(({ promise, holds }) => `<li class="${holds ? 'holds' : 'broken'}"><span class="unseen">${holds ? 'holds: ' : 'does not hold: '}</span>${html(promise)}</li>`).join('\n')}
</ul>

<h2>What was injected, and what was named</h2>
<p class="quiet">Mean share of the probability in percent, rows and columns in the order of the request path.<span class="scrolls"> On a narrow page, the map scrolls sideways.</span></p>
<ul class="legend">
<li>${swatch('truth full expected', '95%')}given to the truth</li>
<li>${swatch('other full', '95%')}given to something else</li>
<li>${swatch('tied', '0%')}declared that it cannot be told apart from outside</li>
<li>${swatch('expected', '0%')}the truth</li>
</ul>
${heatMap(drill)}
${drill.pairs.length === 0 ? '' : pairSection(drill)}
${troubleSection('Not as promised', ['injected', 'is', 'named'], singleTroubles(drill))}
${troubleSection('Verdicts that noise changes', ['altered', 'named', 'then named'], noiseTroubles(drill, false))}
${troubleSection('Verdicts that a lost or slow request leaves in more doubt', ['altered', 'named', 'then named'], noiseTroubles(drill, true))}
<h2>Figures</h2>
<table class="facts"><tbody>
${figureLines(drill.figures)
  .map(([what, figure]) => `<tr><th scope="row">${html(what)}</th><td class="figure">${html(figure)}</td></tr>`)
  .join('\n')}
</tbody></table>
<footer>
${methodLines(drill)
  .map((line) => `<p>${html(line)}</p>`)
  .join('\n')}
<p>${html(`${drill.startedAt.slice(0, 16).replace('T', ' ')} UTC, in ${Math.round(drill.durationMs / 1000)} s, against the platform of ${drill.generation} at pace ${drill.pace}.`)}</p>
</footer>
</body>
</html>
`;

const sentence = (text: string): string => html(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);

const swatch = (classes: string, mass: string): string =>
  `<table class="map"><tr><td class="${classes}" style="--mass:${mass}"></td></tr></table>`;

const pairSection = (drill: Drill): string => {
  const missed = missedInPairs(drill);
  const rows = missed.flatMap(({ missed: id, beside }) =>
    beside.map(
      ({ faults, answer }) =>
        `<tr><td>${html(id)}</td><td>${html(faults.join(' + '))}</td><td>${html(answer === null ? '' : answerWords(answer))}</td></tr>`,
    ),
  );
  return `
<h2>Two at once</h2>
<p class="quiet">Faults of different hops. A fault is hidden when every request shows what it shows without it; blank: both break the same hop.</p>
${pairLegend(drill)}
${pairTable(drill)}
${rows.length === 0 ? '' : `<table class="facts"><thead><tr><th>not named</th><th>injected</th><th>named</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`}`;
};

const troubleSection = (title: string, heads: readonly string[], troubles: readonly Trouble[]): string =>
  troubles.length === 0
    ? ''
    : `<h2>${html(title)}</h2>
<table class="facts"><thead><tr>${heads.map((head) => `<th>${html(head)}</th>`).join('')}</tr></thead><tbody>
${troubles.map(({ done, truth, answered }) => `<tr><td>${html(done)}</td><td>${html(truth)}</td><td>${html(answered)}</td></tr>`).join('\n')}
</tbody></table>`;
