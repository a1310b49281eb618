import type { Blindness } from '../model/report.ts';

/** The failure that every request meets, by the phase that none gets past. */
const phaseWords: Readonly<Record<Blindness['phase'], string>> = {
  resolve: 'no name server answers it',
  connect: 'no connection is accepted',
  tls: 'no TLS connection can be trusted',
  processing: 'something on the way answers every request alike',
};

export const blindHeadline = 'the prober reaches nothing';

export const blindSentence = (blind: Blindness | null): string => {
  if (blind === null) return 'The prober reaches nothing. The fault is here.';
  const seen = `The prober reaches nothing: ${phaseWords[blind.phase]}`;
  return blind.control === null
    ? `${seen}. Either the network here is broken, or the whole platform is down: the target external.control shows which.`
    : `${seen}, and the control outside the platform fails the same way. The fault is here.`;
};
