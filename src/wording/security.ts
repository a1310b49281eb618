import type { FailureMode } from '../model/failure-modes.ts';

/** A fault that lets people in is a security incident, whatever else it is. */
export const isSecurityIncident = (affected: readonly { readonly failureMode: FailureMode | null }[]): boolean =>
  affected.some(({ failureMode }) => failureMode === 'auth-bypassed');

export const securityHeadline = 'security incident: keys are not checked';
export const securitySentence = 'Security incident: requests without a valid key are let in.';
