import type { Report } from '../../model/report.ts';
import { reportOfKnown } from '../../model/still-failing.ts';
import { unexplainedClause } from '../../wording/awaited.ts';
import {
  againstLabel,
  answerLabels,
  explanationSureness,
  explanationLabels as labels,
  tieTitleOf,
  unexplainedLabel,
} from '../../wording/causes.ts';
import { few } from '../../wording/count.ts';
import { capital, plainText } from '../../wording/plain-text.ts';
import { explainsWords } from '../../wording/requests.ts';
import { stillFailingWords } from '../../wording/status.ts';
import type { Cause, ExplainedFault, Explanation } from '../explanation.ts';
import { type Markup, markup } from '../markup.ts';
import { pathOf, pathPicture } from './path.ts';

const shownNames = 6;
const shownCauses = 6;

/** The cause, the evidence for and against it and the next commands; null when there is nothing to explain. */
export const diagnosisSection = (report: Report, explanation: Explanation): Markup | null => {
  switch (explanation.status) {
    case 'healthy':
    case 'inconclusive':
    case 'monitor-blind':
      return null;
    case 'no-match':
      return markup`<section><h2>${capital(unexplainedClause(report))}</h2>${pathOf(explanation.suspectedPath)}${help(explanation)}${aws(explanation)}</section>`;
    case 'match':
    case 'ambiguous':
      return markup`<section><h2>${heading(explanation)}</h2>${explanation.faults.map((fault) => faultPart(fault, explanation))}${aws(explanation)}${leftOver(explanation)}</section>`;
  }
};

/** The diagnosis of the known failures that remain, marked as known. */
export const knownSection = (report: Report, { known }: Explanation): Markup | null => {
  const old = known === null ? null : reportOfKnown(report);
  return known === null || old === null
    ? null
    : markup`<section><h2>${capital(stillFailingWords)}</h2>${pathPicture(old)}${diagnosisSection(old, known)}</section>`;
};

const heading = ({ faults }: Explanation): string => {
  if (faults.length > 1) return 'Causes';
  const [tie] = faults.filter(({ causes }) => causes.length > 1);
  return tie === undefined ? 'Cause' : tieTitleOf(tie.causes);
};

const help = ({ hints }: Explanation): Markup =>
  markup`<dl>${hints.map(({ label, text }) => markup`<dt>${label}</dt><dd>${text}</dd>`)}</dl>`;

const faultPart = (fault: ExplainedFault, explanation: Explanation): Markup => {
  const { causes, since, explains, against, path } = fault;
  const { symptoms, faults } = explanation;
  const place = faults.indexOf(fault) + 1;
  const sure = explanationSureness(explanation);
  const rest = causes.length - shownCauses;
  return markup`${faults.length > 1 ? markup`<h3 class="fault">${place} of ${faults.length}: ${causes[0]?.title ?? ''}</h3>${pathOf(path)}` : null}${faults.length > 1 && causes.length > 1 ? markup`<p class="quiet">${tieTitleOf(causes)}:</p>` : null}
<ul class="causes">${causes.slice(0, shownCauses).map((cause) => causeLine(cause, sure(cause)))}${rest > 0 ? markup`<li><span></span><span>or ${rest} more</span></li>` : null}</ul>
<dl>${since.length === 0 ? null : markup`<dt>when</dt><dd>${since.join(' · ')}</dd>`}${explains === null ? null : markup`<dt>explains</dt><dd>${explainsWords(explains, symptoms)}</dd>`}${against.length === 0 ? null : markup`<dt>${againstLabel}</dt><dd>${few(against, shownNames)}</dd>`}</dl>${next(fault)}`;
};

const aws = ({ aws: said }: Explanation): Markup | null =>
  said === null
    ? null
    : markup`<dl><dt>${said.title}</dt><dd>${said.lines.map((line) => markup`${line}<br/>`)}</dd></dl>`;

const causeLine = ({ id, title }: Cause, sureness: string): Markup =>
  markup`<li><span class="sure">${sureness}</span><span>${title} <code class="quiet">${id}</code></span></li>`;

const leftOver = (explanation: Explanation): Markup | null => {
  const { unexplained, notRuledOut } = explanation;
  const sure = explanationSureness(explanation);
  return unexplained.length + notRuledOut.length === 0
    ? null
    : markup`<dl>${unexplained.length === 0 ? null : markup`<dt>${unexplainedLabel}</dt><dd>${names(unexplained)}</dd>`}${
        notRuledOut.length === 0
          ? null
          : markup`<dt>${labels.notRuledOut}</dt><dd>${notRuledOut
              .slice(0, shownCauses)
              .map((cause) => markup`${sure(cause)} ${cause.title} <code class="quiet">${cause.id}</code><br/>`)}</dd>`
      }</dl>`;
};

const next = ({ steps, remedy }: ExplainedFault): Markup | null =>
  steps.length === 0
    ? null
    : markup`<h3>${capital(labels.next)}</h3><ol class="next">${steps.map(({ command, ifTrue, ifFalse, headline }) => {
        const { yes, no } = answerLabels({ headline });
        return markup`<li><pre>${command}</pre><p><span class="quiet">${yes}:</span> ${ifTrue}<br/><span class="quiet">${no}:</span> ${ifFalse}</p></li>`;
      })}</ol>${remedy === null ? null : markup`<p><strong>${capital(labels.fix)}:</strong> ${remedy}</p>`}`;

const names = (ids: readonly string[]): string => few(ids.map(plainText), shownNames);
