import type { SeriesId } from './catalogue.ts';

/** The meaning of each series' values. Only for people, so no function bundles it. */
export const seriesMeanings: Readonly<Record<SeriesId, string>> = {
  heartbeat: '1 for each cycle that ended; missing: the monitor itself is down',
  hostSuccess:
    '1 or 0 per request to the host’s service, so that the average is the share that passes (a known deviation passes; an unknown result has no value); its name, certificate and redirect from port 80 give 0 when they fail, and no value when they work',
  hostDuration: 'total time of each probe of the host’s targets, failing ones included; percentiles work',
  certificateDaysLeft: 'days until the first certificate of the platform expires; negative: it has',
  targetsFailing: 'targets that fail',
  targetsDegraded: 'targets that respond correctly but slowly, that flap, or whose certificate expires soon',
  targetsInconclusive: 'targets without a result: the cycle ran out of time, or the prober itself failed',
  cycleDuration: 'from the start of the first probe to the last verdict',
  registrationSuccess: '1 or 0 for the whole model-registration flow; an unknown result has no value',
  registrationDuration: "the flow's time, from its first request to the end of its clean-up, failing ones included",
  registrationLeftOvers: 'objects that the flow created and could not delete; 0: nothing was left behind',
  targetSuccess: '1 or 0 for each target, as above',
  targetDuration: 'total time of the probe of each target',
  stepSuccess: '1 or 0 for each step of the flow and its clean-up, as above',
  stepDuration: 'time of each step of the flow and of its clean-up, all their requests',
  failures: 'targets, steps of the flow and clean-ups that fail, are degraded or stay inconclusive in this mode',
  targetFailure: '1 while the target fails',
  stepFailure: '1 while the step of the flow, or its clean-up, fails',
  hypothesisMatch: '1 while it explains a failure, alone, in a tie or beside other faults',
  openIncidents: 'open incidents, if they are tracked',
  messagesSent: 'messages about incidents that SNS or a webhook accepted',
  sendFailures:
    'messages that were not accepted, and failures to store open incidents: both are tried again each cycle',
};
