import type { Mute } from '../../model/incident.ts';
import { registrationHost } from '../../platform/flow-steps.ts';
import { hostRoles } from '../../platform/hosts.ts';

const flowAlarms = ['registration-broken', 'registration-slow'] as const;
const sharedAlarms = ['host-unavailable', 'certificate-expiring'] as const;
const hostAlarms = hostRoles.map((role) => `${role}-unavailable`);

/** Alarms of template.yaml that may notify people about what a mute silences. Some of them watch other things too. */
export const alarmsOf = (what: Mute['what'], environment: string): readonly string[] =>
  endingsOf(what).map((ending) => `hokusai-synthetics-${environment}-${ending}`);

const endingsOf = (what: Mute['what']): readonly string[] => {
  if ('hypothesis' in what) return ['platform-down', ...flowAlarms, ...sharedAlarms, ...hostAlarms];
  const id = 'host' in what ? what.host : what.target;
  const group = id.split('.')[0] ?? id;
  if (group === registrationHost) return flowAlarms;
  if (!hostRoles.some((role) => role === group)) return [];
  return [
    ...sharedAlarms,
    `${group}-unavailable`,
    // The flow's requests go to the registry.
    ...('host' in what && group === 'registry' ? flowAlarms : []),
  ];
};

/** One rule for each mute. */
export const ruleNameOf = (what: Mute['what'], environment: string): string =>
  `hokusai-synthetics-${environment}-${Object.entries(what).flat().join('-')}`;
