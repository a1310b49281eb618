import { isOfFlow, type Request } from '../model/requests.ts';
import { registrationHost } from '../platform/flow-steps.ts';
import { hostRoles } from '../platform/hosts.ts';
import { flowTitle } from '../wording/flow.ts';
import { hostNameOf } from '../wording/host-name.ts';

/** The requests of one host, or of the flow. */
export interface ResultGroup {
  /** A host's role, or `registration`. */
  readonly id: string;
  readonly title: string;
  readonly results: readonly [Request, ...Request[]];
}

/** The platform's hosts in its order, then others. `names`: host names by role. */
export const hostGroups = (
  all: readonly Request[],
  names: Readonly<Record<string, string>>,
): readonly ResultGroup[] => {
  const byHost = Map.groupBy(
    all.filter(({ kind }) => kind === 'target'),
    ({ host }) => host,
  );
  const hosts = new Set<string>([...hostRoles, ...byHost.keys()]);
  return [...hosts].flatMap((id) => groupOf(id, hostTitle(id, hostNameOf(names, id)), byHost.get(id) ?? []));
};

/** The steps of the flow and its clean-up. */
export const flowGroups = (all: readonly Request[]): readonly ResultGroup[] =>
  groupOf(registrationHost, flowTitle, all.filter(isOfFlow));

/** All requests in display order: by host, the flow last. */
export const shownInOrder = (all: readonly Request[]): readonly Request[] =>
  [...hostGroups(all, {}), ...flowGroups(all)].flatMap(({ results }) => results);

/** `auth` is the control: it kept working in every recorded incident. */
const hostTitle = (host: string, name: string): string => (host === 'auth' ? `${name} (control)` : name);

const groupOf = (id: string, title: string, [first, ...more]: readonly Request[]): readonly ResultGroup[] =>
  first === undefined ? [] : [{ id, title, results: [first, ...more] }];
