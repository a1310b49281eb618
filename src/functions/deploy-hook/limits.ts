/** Every limit of the check around a deployment. Milliseconds. */
export const hookLimits = {
  /** Limit for each AWS read before the cycle: configuration, key, incidents, time of the deployment. */
  readMs: 5_000,
  /** A read ends this much before the check itself does, so that the reason names what hung. */
  namingMs: 250,
  /**
   * Reserved for reporting to CodeDeploy before the function's time-out: three attempts, each as long as an AWS call
   * may take.
   */
  reportReserveMs: 12_000,
  /** The part of it for logging that CodeDeploy could not be told. */
  answerMs: 1_000,
  reportAttempts: 3,
  /** A cycle ends this much earlier, so that its results are judged before the reserve begins. */
  cycleMarginMs: 2_000,
  /** Pause before another look. */
  confirmPauseMs: 20_000,
  /**
   * The longest cut-over. Until then a failing look is repeated: tasks are replaced, connections drain, cached names
   * expire.
   */
  cutOverMs: 120_000,
  /** One look for a version on behalf of ECS, which then invokes the hook again. */
  ecsLookMs: 15_000,
  /** ECS's own default. */
  callBackMs: 30_000,
  /** Time for the version to come, from the hook's first invocation. Meanwhile ECS runs both revisions. */
  ecsWaitMs: 15 * 60_000,
  /**
   * ECS does not say when a deployment was created. Incidents that began this long before the hook's first invocation
   * are older than it.
   */
  ecsCreatedMs: 30 * 60_000,
  /** Time left before the time-out when the invocation fails with a reason, so that Lambda does not kill it. */
  lastWordMs: 500,
} as const;

/** Requests that a log line lists individually. */
export const listedRequests = 20;
