import type { SeriesId } from './catalogue.ts';

/** The meaning of each series' values. Only for people, so no function bundles it. */
export const seriesMeanings: Readonly<Record<SeriesId, string>> = {
  heartbeat: '1 for each cycle that ended; missing: the monitor itself is down',
  hostSuccess:
    'per request to what the host serves 1 or 0, so that the average is the share that passes (a known deviation does; what is unknown gives no value); its name, certificate and redirect from port 80 give 0 when they fail, and nothing when they work',
  hostDuration: 'per target of the host the total time of its probe, failing ones included; percentiles work',
  certificateDaysLeft: 'days until the first certificate of the platform expires; negative: it has',
  targetsFailing: 'targets that fail',
  targetsDegraded: 'targets that answer rightly, but slowly, flapping, or with a certificate that expires soon',
  targetsInconclusive: 'targets of which nothing is known: out of time, or the prober itself failed',
  cycleDuration: 'from the start of the first probe to the last verdict',
  registrationSuccess: '1 or 0 for the model-registration flow as a whole; what is unknown gives no value',
  registrationDuration: "the flow's time, from its first request to the end of its clean-up, failing ones included",
  registrationLeftOvers: 'things that the flow made and could not delete; 0: it left nothing behind',
  targetSuccess: '1 or 0 for each target, as above',
  targetDuration: 'total time of the probe of each target',
  stepSuccess: '1 or 0 for each step of the flow and its clean-up, as above',
  stepDuration: 'time of each step of the flow and of its clean-up, all their requests',
  failures: 'targets, steps of the flow and clean-ups that fail, are degraded or stay inconclusive in this way',
  targetFailure: '1 while the target fails',
  stepFailure: '1 while the step of the flow, or its clean-up, fails',
  hypothesisMatch:
    '1 while it explains what fails; so do all that cannot be told apart, and the causes of several faults',
  openIncidents: 'incidents that are open, where they are tracked',
  messagesSent: 'messages about incidents that were taken, by SNS or a webhook',
  sendFailures: 'messages that were not taken, and failures to remember what is open: they are tried again each cycle',
};
