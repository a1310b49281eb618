import { namesToMute } from '../config/incidents.ts';
import { nearest } from '../config/nearest.ts';
import type { Settings } from '../config/settings.ts';
import type { Mute } from '../model/incident.ts';
import { UsageError } from './usage-error.ts';

/** The check that the configuration's own mutes get: a mute of an unknown name would have no effect. @throws UsageError */
export const assertMutable = (what: Mute['what'], { targets }: Settings): void => {
  const known = namesToMute(targets);
  for (const [kind, name] of Object.entries(what) as readonly (readonly [keyof typeof known, string])[]) {
    if (known[kind].includes(name)) continue;
    const suggestion = nearest(name, known[kind]);
    const wayOut = suggestion === null ? listedBy[kind] : `did you mean ${suggestion}?`;
    throw new UsageError(`--${kind} ${name}: there is no such ${kind}; ${wayOut}`);
  }
};

const listedBy = {
  target: 'explain targets lists them, explain registration the steps of the flow',
  host: 'explain targets lists them: the part before the first dot',
  hypothesis: 'explain hypotheses lists them',
} as const;
