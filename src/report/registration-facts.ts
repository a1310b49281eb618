import { modesWith } from '../model/failure-modes.ts';
import type { Registration, RegistrationFacts } from '../model/report.ts';
import { isOfFlow, type Request } from '../model/requests.ts';
import { registrationSteps } from '../platform/flow-steps.ts';
import type { Hop } from '../platform/hops.ts';
import { plainText } from '../wording/plain-text.ts';

/** The flow's findings, in a few words each. Usual ones are left out. */
export const factWords = ({ facts }: Registration, all: readonly Request[], through: string): readonly string[] => [
  ...(isOtherwiseOutside(facts, all) ? [] : formWords(facts)),
  ...(facts.readsWork === true && facts.writesWork === false && !someReadFails(all) ? ['reads pass, writes fail'] : []),
  ...(facts.writesWork === true && beginsWithArtifacts(facts) ? ['the registry works, artifacts do not'] : []),
  ...(facts.loggedModels === false ? ['MLflow is older than 3: no logged models'] : []),
  ...(facts.deletesThrough !== null && !facts.deletesThrough.startsWith(through)
    ? [`deletes go through ${plainText(facts.deletesThrough)}`]
    : []),
];

/** Outside the flow, every request to its host is a read. */
const someReadFails = (all: readonly Request[]): boolean => {
  const registry = all.find(isOfFlow)?.askedHost;
  return all.some(({ kind, status, askedHost }) => kind === 'target' && status === 'fail' && askedHost === registry);
};

/** Artifacts that fail after something else does show nothing about artifacts. */
const beginsWithArtifacts = ({ artifactsWork, firstFailure }: RegistrationFacts): boolean => {
  const hops: readonly Hop[] = firstFailure === null ? [] : registrationSteps[firstFailure].hops;
  return artifactsWork === false && hops.includes('artifact-store');
};

const formNames = { bearer: 'Bearer', 'x-api-key': 'X-API-Key' } as const;

/** Refusals of the key. Other failures have nothing to do with its form. */
const refusals = modesWith(({ key }) => key === 'not-accepted' || key === 'not-permitted');

/** The same request with each form, outside the flow. */
const askedWith = {
  bearer: 'registry.mlflow-proxy-search',
  'x-api-key': 'registry.mlflow-proxy-search-x-api-key',
} as const;

/** A form that the flow found to work is refused outside it, or the reverse: the fault is intermittent, whatever the form. */
const isOtherwiseOutside = ({ credentialForms }: RegistrationFacts, all: readonly Request[]): boolean =>
  (['bearer', 'x-api-key'] as const).some((form) => {
    const inFlow = credentialForms[form];
    const outside = all.find(({ kind, id }) => kind === 'target' && id === askedWith[form]);
    if (inFlow === undefined || outside === undefined) return false;
    return inFlow === null
      ? refusals.some((mode) => outside.failureMode === mode)
      : refusals.some((mode) => inFlow === mode) && outside.status === 'pass';
  });

/** Only if the forms differ. If both are refused, the failing step says so. */
const formWords = ({ credentialForms }: RegistrationFacts): readonly string[] => {
  const tried = (['bearer', 'x-api-key'] as const).filter((form) => credentialForms[form] !== undefined);
  const works = tried.filter((form) => credentialForms[form] === null).map((form) => formNames[form]);
  const refused = tried
    .filter((form) => refusals.some((mode) => credentialForms[form] === mode))
    .map((form) => `${formNames[form]} (${credentialForms[form]})`);
  if (works.length === 0 || refused.length === 0) return [];
  return [`the key works as ${works.join(', ')}, not as ${refused.join(', ')}`];
};
