import type { Candidate, FaultIds } from '../platform/diagnosis.ts';
import type { Hop } from '../platform/hops.ts';
import { type HostRole, hostRoles } from '../platform/hosts.ts';
import { type HypothesisId, hypotheses } from '../platform/hypotheses.ts';
import type { Report } from '../platform/report.ts';
import { runbooks } from '../platform/runbooks.ts';
import type { Target } from '../platform/target.ts';
import { commandFor, nextSteps } from './next-steps.ts';
import type { Page } from './page.ts';
import { few, percent, plainText, plural, wrapped } from './plain-text.ts';
import { hopWords, requestPath } from './request-path.ts';
import { isSymptom, type Request, requestsOf } from './requests.ts';
import { sinceWords } from './since.ts';

/** What the report is read with. */
export interface Platform {
  /** Names of the hosts, by role. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly targets: readonly Target[];
}

interface Scene extends Platform {
  readonly report: Report;
  readonly requests: readonly Request[];
  readonly symptoms: readonly Request[];
  readonly page: Page;
}

/** Members of a tie, hypotheses that are not ruled out, ways to fail: beyond so many the list is no help. */
const shownCauses = 4;
const shownNames = 4;
const shownSteps = 3;

/** What explains the failures, in the quiet of a night: nothing at all when there is nothing to explain. */
export const diagnosisLines = (report: Report, platform: Platform, page: Page): readonly string[] => {
  const requests = requestsOf(report, platform.targets);
  const scene: Scene = { ...platform, report, requests, symptoms: requests.filter(isSymptom), page };
  switch (report.diagnosis.status) {
    case 'healthy':
    case 'inconclusive':
      return [];
    case 'monitor-blind':
      return [
        page.colors.yellow(
          page.colors.bold('The prober reaches nothing, the control outside the platform included: the fault is here.'),
        ),
      ];
    case 'no-match':
      return [page.colors.bold('None of the known causes explains it.'), ...modeLines(scene)];
    case 'match':
    case 'ambiguous':
      return explanation(scene);
  }
};

/** What fails, by the way in which it does. */
const modeLines = ({ symptoms, page }: Scene): readonly string[] =>
  [...Map.groupBy(symptoms, ({ failureMode }) => failureMode)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, shownCauses)
    .flatMap(([mode, alike]) => indented(`${mode}: ${names(alike.map(({ id }) => id))}`, page));

const explanation = (scene: Scene): readonly string[] => {
  const { page, report } = scene;
  const { faults, hypotheses: candidates, unexplained } = report.diagnosis;
  const supposed = faults.flat();
  const open = candidates.filter(({ id }) => !supposed.includes(id)).slice(0, shownCauses);
  return [
    ...(faults.length > 1 ? [page.colors.bold(`${faults.length} independent faults:`)] : []),
    ...faults.flatMap((fault, index) => faultLines(fault, index, scene)),
    ...labelled('unexplained', unexplained.length === 0 ? '' : names(unexplained), page),
    ...labelled('not ruled out', open.map(({ id, probability }) => `${id} ${percent(probability)}`).join(', '), page),
    ...stepLines(scene),
    ...remedyLines(faults, page),
  ];
};

const faultLines = (fault: FaultIds, index: number, scene: Scene): readonly string[] => {
  const { report, symptoms, page } = scene;
  const own = report.diagnosis.hypotheses.filter((one) => one.fault === index && fault.includes(one.id));
  return [
    ...headline(fault, own, scene),
    ...pathLines(fault, own, scene),
    ...own
      .slice(0, 1)
      .flatMap(({ explains, contradicts }) => [
        ...indented(
          [
            ...sinceWords(report.history, { causes: fault, affected: explains, now: report.startedAt }),
            `explains ${explains.length} of ${plural(symptoms.length, 'failure')}`,
          ].join(' · '),
          page,
        ),
        ...labelled('speaks against it', against(contradicts, scene), page),
      ]),
  ];
};

/** What it should have let fail, or work, and how that fared. */
const against = (ids: readonly string[], { requests }: Scene): string => {
  const asked = new Map(requests.map((one) => [one.id, one]));
  return few(
    ids.map((id) => `${plainText(id)} (${asked.get(id)?.failureMode ?? 'passes'})`),
    shownNames,
  );
};

const headline = (fault: FaultIds, own: readonly Candidate[], scene: Scene): readonly string[] => {
  const { width, colors } = scene.page;
  const sure = new Map(own.map(({ id, probability }) => [id, percent(probability)]));
  const [only, ...more] = fault;
  if (only !== undefined && more.length === 0) {
    const [candidate] = own;
    const id = [only, ...(candidate === undefined ? [] : [percent(candidate.probability)])].join(', ');
    const sentence = titleOf(only, candidate, scene);
    const lines = wrapped(sentence.split(' '), ' ', width);
    const last = lines.at(-1) ?? '';
    return last.length + id.length + 3 <= width
      ? [...lines.slice(0, -1).map(colors.bold), `${colors.bold(last)}   ${colors.dim(id)}`]
      : [...lines.map(colors.bold), `    ${colors.dim(id)}`];
  }
  const shown = fault.slice(0, shownCauses);
  const rest = fault.length - shown.length;
  const causes = shown.map((id) => (sure.has(id) ? `${id} (${sure.get(id)})` : id));
  const parts =
    rest > 0 ? [causes.join(', '), `or ${rest} more`] : [causes.slice(0, -1).join(', '), `or ${causes.at(-1)}`];
  return [
    ...wrapped(`Cannot be told apart from outside: ${parts.join(' ')}`.split(' '), ' ', width).map(colors.bold),
    ...shown.flatMap((id) => {
      const candidate = own.find((one) => one.id === id);
      return indented(`${id}: ${titleOf(id, candidate, scene)}`, scene.page);
    }),
  ];
};

/** With the hosts, where it is a matter of hosts. */
const titleOf = (id: HypothesisId, candidate: Candidate | undefined, { hosts }: Scene): string => {
  const roles = candidate?.hosts ?? null;
  const { title } = runbooks[id];
  if (roles === null) return title;
  const where = hostRoles.every((role) => roles.includes(role))
    ? 'all hosts'
    : roles.map((role) => hosts[role as HostRole] ?? plainText(role)).join(', ');
  return `${where}: ${title}`;
};

const pathLines = (
  fault: FaultIds,
  own: readonly Candidate[],
  { report, requests, symptoms, page }: Scene,
): readonly string[] => {
  const others = report.diagnosis.faults.filter((one) => one !== fault);
  const explained = new Set(own.flatMap(({ explains }) => explains));
  const failing = explained.size === 0 ? symptoms : symptoms.filter(({ id }) => explained.has(id));
  const path = requestPath(failing, requests, hopsOf([fault]), hopsOf(others));
  if (path.length === 0) return [];
  const broken = path.filter(({ state }) => state === 'broken' || state === 'suspect').map(hopWords);
  return wrapped(['client', ...path.map(hopWords)], '  ', page.width - indent.length).map(
    (line) =>
      indent + broken.reduce((text, words) => text.replace(words, page.colors.red(page.colors.bold(words))), line),
  );
};

const hopsOf = (faults: readonly FaultIds[]): ReadonlySet<Hop> =>
  new Set(faults.flat().map((id) => hypotheses[id].hop));

/** A command is there to be copied: it is never wrapped. */
const stepLines = ({ report, hosts, page }: Scene): readonly string[] => {
  const { faults, hypotheses: candidates } = report.diagnosis;
  const supposed = faults.flat();
  const steps = nextSteps(supposed, shownSteps);
  const role = candidates.find(({ id }) => supposed.includes(id))?.hosts?.[0] ?? null;
  return steps.flatMap(({ command, ifTrue, ifFalse, confirms }, index) => [
    `${indent}${page.colors.dim(index === 0 ? 'next' : '    ')} ${index + 1}  ${commandFor(command, role, hosts)}`,
    ...wrapped(
      `if ${supposed.length > 1 ? confirms : 'true'}: ${ifTrue} · if not: ${ifFalse}`.split(' '),
      ' ',
      page.width - stepIndent.length,
    ).map((line) => page.colors.dim(stepIndent + line)),
  ]);
};

/** Of a tie there is none yet: what decides comes first. */
const remedyLines = (faults: readonly FaultIds[], page: Page): readonly string[] =>
  faults.flatMap(([id, ...tie]) =>
    id === undefined || tie.length > 0
      ? []
      : labelled(faults.length > 1 ? `remedy for ${id}` : 'remedy', runbooks[id].remedy, page),
  );

const indent = '    ';
const stepIndent = `${indent}        `;

const names = (ids: readonly string[]): string => few(ids.map(plainText), shownNames);

const labelled = (label: string, text: string, page: Page): readonly string[] =>
  text === '' ? [] : indented(`${label}: ${text}`, page);

const indented = (text: string, { width }: Page): readonly string[] =>
  wrapped(text.split(' '), ' ', width - indent.length).map((line) => indent + line);
