/**
 * `critical`: users cannot register models; `warning`: something else fails; `notice`: it responds, but not as it
 * should.
 */
export const severities = ['critical', 'warning', 'notice'] as const;
