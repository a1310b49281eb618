import { byMode, type Cause, type ExplainedFault, type Explanation } from '../explanation.ts';
import { type Markup, markup } from '../markup.ts';
import { few, percent, plainText, plural } from '../plain-text.ts';

const shownNames = 6;
const shownCauses = 6;

/** Why, what speaks for and against it, and what to run next; nothing at all when there is nothing to explain. */
export const diagnosisSection = (explanation: Explanation): Markup | null => {
  switch (explanation.status) {
    case 'healthy':
    case 'inconclusive':
    case 'monitor-blind':
      return null;
    case 'no-match':
      return markup`<h2>Without a known cause</h2>${modes(explanation)}`;
    case 'match':
    case 'ambiguous':
      return markup`<section><h2>${heading(explanation)}</h2>${explanation.faults.map((fault) => faultPart(fault, explanation))}${leftOver(explanation)}${next(explanation)}</section>`;
  }
};

const heading = ({ faults }: Explanation): string => {
  if (faults.length > 1) return 'Causes';
  return faults.some(({ causes }) => causes.length > 1) ? 'Cannot be told apart from outside' : 'Cause';
};

const modes = ({ symptoms }: Explanation): Markup =>
  markup`<dl>${byMode(symptoms)
    .slice(0, shownCauses)
    .map(([mode, alike]) => markup`<dt><code>${mode}</code></dt><dd>${names(alike.map(({ id }) => id))}</dd>`)}</dl>`;

const faultPart = ({ causes, since, explains, against }: ExplainedFault, { symptoms, faults }: Explanation): Markup => {
  const rest = causes.length - shownCauses;
  return markup`${faults.length > 1 && causes.length > 1 ? markup`<p class="quiet">cannot be told apart from outside:</p>` : null}
<ul class="causes">${causes.slice(0, shownCauses).map(causeLine)}${rest > 0 ? markup`<li><span></span><span>or ${rest} more</span></li>` : null}</ul>
<dl>${since.length === 0 ? null : markup`<dt>when</dt><dd>${since.join(' · ')}</dd>`}${explains === null ? null : markup`<dt>explains</dt><dd>${explains} of ${plural(symptoms.length, 'failure')}</dd>`}${against.length === 0 ? null : markup`<dt>speaks against it</dt><dd>${few(against, shownNames)}</dd>`}</dl>`;
};

const causeLine = ({ id, title, probability }: Cause): Markup =>
  markup`<li><span class="sure">${probability === null ? '' : percent(probability)}</span><span>${title} <code class="quiet">${id}</code></span></li>`;

const leftOver = ({ unexplained, notRuledOut }: Explanation): Markup | null =>
  unexplained.length + notRuledOut.length === 0
    ? null
    : markup`<dl>${unexplained.length === 0 ? null : markup`<dt>unexplained</dt><dd>${names(unexplained)}</dd>`}${
        notRuledOut.length === 0
          ? null
          : markup`<dt>not ruled out</dt><dd>${notRuledOut
              .slice(0, shownCauses)
              .map(
                ({ id, title, probability }) =>
                  markup`${probability === null ? null : markup`${percent(probability)} `}${title} <code class="quiet">${id}</code><br/>`,
              )}</dd>`
      }</dl>`;

const next = ({ steps, faults, remedies }: Explanation): Markup | null => {
  if (steps.length === 0) return null;
  const several = faults.flatMap(({ causes }) => causes).length > 1;
  return markup`<h2>Next</h2><ol class="next">${steps.map(
    ({ command, ifTrue, ifFalse, confirms }) =>
      markup`<li><pre>${command}</pre><p><span class="quiet">if ${several ? confirms : 'true'}:</span> ${ifTrue}<br/><span class="quiet">if not:</span> ${ifFalse}</p></li>`,
  )}</ol>${remedies.map(({ id, text }) => markup`<p><strong>Remedy${faults.length > 1 ? ` for ${id}` : ''}:</strong> ${text}</p>`)}`;
};

const names = (ids: readonly string[]): string => few(ids.map(plainText), shownNames);
