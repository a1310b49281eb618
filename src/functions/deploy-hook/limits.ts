/** Every limit of the check around a deployment. Milliseconds. */
export const hookLimits = {
  /** What is asked of AWS before the cycle, each: configuration, key, incidents, the time of the deployment. */
  readMs: 5_000,
  /** A reading ends by so much before the check itself does, so that the reason names what hung. */
  namingMs: 250,
  /** Kept back from the function's time-out for telling CodeDeploy: three attempts, each as long as a call to AWS may take. */
  reportReserveMs: 12_000,
  /** Of that, for saying that CodeDeploy could not be told. */
  answerMs: 1_000,
  reportAttempts: 3,
  /** A cycle ends by so much earlier, so that what it knows is judged before the reserve begins. */
  cycleMarginMs: 2_000,
  /** Before the second look: tasks are replaced, connections drained, and names cached for about so long. */
  confirmPauseMs: 20_000,
  /** Before the time-out, when nothing else has ended it: the invocation fails with a reason instead of being killed. */
  lastWordMs: 500,
} as const;

/** Requests that a line of the log lists one by one. */
export const listedRequests = 20;
