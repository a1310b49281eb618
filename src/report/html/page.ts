import { isNews } from '../../model/predicates.ts';
import type { Report, Verdict } from '../../model/report.ts';
import { isOfFlow } from '../../model/requests.ts';
import { missingVersionSentence, missingVersionTitle, shownVerdict } from '../../wording/awaited.ts';
import { noticesOf } from '../../wording/notices.ts';
import { cut, plainText } from '../../wording/plain-text.ts';
import { clock, duration } from '../../wording/time.ts';
import { verdictSentence } from '../../wording/verdict.ts';
import { explain } from '../explanation.ts';
import { Markup, markup } from '../markup.ts';
import { placedRequests } from '../placed.ts';
import { proberWords, whatRan } from '../pretty.ts';
import type { View } from '../view.ts';
import { diagnosisSection, knownSection } from './diagnosis.ts';
import { flowSection } from './flow.ts';
import { notesSection } from './notes.ts';
import { pathPicture } from './path.ts';
import { resultsSection } from './results.ts';
import { styles } from './styles.ts';

/** Headlines of this many characters or more get a smaller font. */
const longSentence = 120;

/** Characters of the page's title. A browser's tab shows the first ones. */
const titleLetters = 160;

/** The cause, then the place: `✗ MLflow does not run (79 %) · Hokusai development`. A version that never came is first. */
const titleOf = (report: Report, sentence: string): string => {
  const words = [missingVersionTitle(report), sentence.replace(/\.$/, '')].filter((part) => part !== null).join('. ');
  return `${verdictMarks[shownVerdict(report)]} ${cut(words, titleLetters)} · Hokusai ${plainText(report.environment)}`;
};

const verdictMarks: Readonly<Record<Verdict, string>> = {
  healthy: '✓',
  degraded: '!',
  failing: '✗',
  inconclusive: '?',
  'still-failing': '!',
};

/**
 * The report as one self-contained page without scripts, to attach to an incident: the cause first, then the evidence.
 * Well-formed XML, so that a test can check it.
 */
export const renderHtml = (report: Report, view: View): string => {
  const explanation = explain(report, view);
  const { environment, startedAt, runId } = report;
  const verdict = shownVerdict(report);
  const sentence = verdictSentence(report, explanation);
  const missing = missingVersionSentence(report);
  const headline = missing ?? sentence;
  const all = placedRequests(report);
  const checks = resultsSection(all, view);
  const flow = report.registration === null ? null : flowSection(report.registration, all, view);
  const news = all.filter(isNews);
  const flowAlone = news.length > 0 && news.every(isOfFlow);
  return `${
    markup`<!DOCTYPE html>
<html lang="en" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="robots" content="noindex"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<title>${titleOf(report, sentence)}</title>
<style>${new Markup(styles)}</style>
</head>
<body>
<main>
<header>
<p>Hokusai ${plainText(environment)} · ${whatRan(report)} in ${duration(report.durationMs)} · <time datetime="${startedAt}">${clock(startedAt)}</time></p>
${noticesOf({ ...report, awaited: null }).map((words) => markup`<p class="notice">${words}</p>`)}<h1${headline.length > longSentence ? markup` class="long"` : null}>${headline.replaceAll(/(\d) %/g, '$1\u00a0%')}</h1>${
      missing === null
        ? null
        : markup`
<p class="lead">${sentence}</p>`
    }
<p><span class="verdict ${verdict}">${verdict}</span></p>
</header>
${pathPicture(report)}
${diagnosisSection(report, explanation)}${knownSection(report, explanation)}
${flowAlone ? [flow, checks] : [checks, flow]}
${notesSection(report, view)}
<footer>${proberWords(report)} · run ${plainText(runId)} · started ${plainText(startedAt)} · took ${duration(report.durationMs)}</footer>
</main>
</body>
</html>`.text
  }\n`;
};
