import type { Settings } from '../config/settings.ts';
import { registrationHost } from '../platform/flow-steps.ts';
import { hopLabels } from '../platform/hops.ts';
import { balancerNames, hostRoles } from '../platform/hosts.ts';
import { type HypothesisId, hypotheses, hypothesisIds } from '../platform/hypotheses.ts';
import { runbooks } from '../platform/runbooks.ts';
import { ownCommand } from './own-command.ts';

/** The group of targets that is named by its role or by its host's name; null: there is none. */
export const hostCalled = (name: string, { hosts, targets }: Settings): string | null =>
  targets.find(({ host }) => host === name)?.host ?? hostRoles.find((role) => hosts[role] === hostIn(name)) ?? null;

/** The name of a host in the forms that people paste: a URL, with a port, a final dot or capitals. */
const hostIn = (text: string): string =>
  URL.parse(/^https?:/i.test(text) ? text : `https://${text}`)?.hostname.replace(/\.$/, '') ?? text;

/** A host: what is asked of it, the way there, and what can break it alone. */
export const explainHost = (
  host: string,
  { hosts, targets }: Settings,
  place: { readonly config?: string },
): string => {
  const role = hostRoles.find((one) => one === host);
  const own = targets.filter((target) => target.host === host);
  const width = Math.max(0, ...own.map(({ id }) => id.length));
  const ways = [...new Set(own.map(({ hops }) => hops.map((hop) => hopLabels[hop]).join(' → ')))];
  return [
    `${host}: ${role === undefined ? 'targets outside the platform’s hosts' : `${hosts[role]}, behind the balancer ${balancerNames[role]}`}`,
    '',
    '  asked in each cycle (- is switched off; explain TARGET says more):',
    ...own.map(({ id, title, enabled }) => `  ${enabled ? ' ' : '-'} ${id.padEnd(width)}  ${title}`),
    ...(host === 'registry' ? [`    and ${registrationHost}, the model-registration flow`] : []),
    '',
    '  paths:',
    ...ways.filter((way) => !ways.some((other) => other.startsWith(`${way} →`))).map((way) => `    client → ${way}`),
    '',
    ...(role === undefined ? [] : ['  can break for this host alone:', ...ofOneHost.map(hypothesisLine), '']),
    `  to check it alone: ${ownCommand(['check', '--target', host], place)}`,
    '',
  ].join('\n');
};

const ofOneHost = hypothesisIds.filter((id) => hypotheses[id].scope !== 'platform');
const idWidth = Math.max(...ofOneHost.map((id) => id.length));

const hypothesisLine = (id: HypothesisId): string => `    ${id.padEnd(idWidth)}  ${runbooks[id].headline}`;
