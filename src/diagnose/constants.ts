/** The scorer's numbers, each with its reason. Probabilities unless stated otherwise. */
export const scoring = {
  /** A healthy request fails twice, half a second apart: about one lost probe in a thousand. */
  noise: 0.001,
  /** A healthy request fails once and passes on the retry, as happens occasionally on any network. */
  flake: 0.02,
  /** Share of these failures that look like the network's: a time-out or a reset (`transient`, likelihood.ts). */
  transient: 0.9,
  /** Ways in which one request can fail unexpectedly: about half of the failure modes. */
  ways: 30,
  /** Share of what a hypothesis leaves open ("any other failure") that looks healthy. */
  openPass: 0.1,
  /** A response from behind the broken hop. It is possible (a cache, a second task) but rare. */
  answeredFromBehind: 0.05,
  /** A request is late from this share of the fastest slow request's duration, even within the limit. */
  late: 0.4,
  /** It is on time up to this share. */
  onTime: 0.25,
  /** A late request takes at least this many times its duration in the baseline. */
  timesNormal: 2,
  /** The API's refusal of a key differs from its refusal of a request without one. */
  unlikeApi: 0.3,
  /** Something in front of the application reports what only the application can know: our comparison is wrong. */
  foreign: 0.0005,
  /** A response names another cause than the supposed one: two faults at once, or the table of words is wrong. */
  wordsOfAnother: 0.005,
  /** One address of several fails for a reason that concerns all of them, or the reverse. */
  otherAddresses: 0.02,
  /** Failures that usually name their cause, but do not. */
  silent: 0.1,
  /** A fault outside the catalogue. One incident in eight was none of the documents' hypotheses. */
  otherPrior: 0.12,
  /** Share of an unknown fault's failures that have its main failure mode. */
  otherMainMode: 0.6,
  /** An unknown fault is reported in the words of a known one. */
  otherWords: 0.1,
  /** An unknown fault answers with a status that states a known cause. */
  otherStatus: 0.005,
  /** A proxy passes on its bare path, too. Three of eleven platforms do. */
  barePathPassedOn: 0.3,
  /** The API fails on one of its hosts alone. Both lead to the same tasks, unless a deployment has split them. */
  onOneHost: 0.02,
  /** Some of its tasks fail at one balancer alone, which has not taken them out as the other has. */
  someTasksOnOneHost: 0.3,
  /** The API's target groups of two balancers have the same wrong setting. */
  inBothGroups: 0.1,
  /** Requests with the same path and result are not independent: n of them count as n to this power. */
  dependence: 0.5,
  /** Hypotheses whose log-likelihoods differ by less than this (nats) cannot be told apart. */
  tieNats: 2,
  /** Nor can those with at least this share of the best one's probability. */
  tieShare: 1 / 4,
  /** With less than this share of the best one's probability they look the same, but are not worth equal attention. */
  tieLeast: 1 / 6,
  /** Log-evidence (nats) that the first fault must have over "nothing is wrong". */
  firstFaultNats: 1,
  /** Log-evidence (nats) that a further fault must have beyond its prior. */
  furtherFaultNats: 1,
  /** Likeliest hypotheses to try as the first of several faults: the best single one may not be in the best pair. */
  starts: 3,
  /** Likeliest cases to try, whatever their hypotheses. */
  startCases: 5,
  /** The most faults at once. The worst day on record had four. */
  faults: 4,
  /** An unrelated failure begins within 15 minutes of a deployment; there are a few deployments a day. */
  deploymentByChance: 0.1,
  /** A hypothesis does not explain a failure that is at most this likely under it. */
  explained: 0.03,
  /** A single answer below this deserves further requests. */
  doubtful: 0.9,
  /** A follow-up request with less expected information (nats) decides nothing, however often it is sent. */
  worthAskingNats: 0.02,
  /** A failure that is at most this likely under a hypothesis does not justify confidence in it. */
  rare: 0.2,
  /** The most that a hypothesis gets while there is evidence against it: below confident, which is 0.8. */
  doubted: 0.79,
  /** Odds that a deciding answer of AWS is right. It can be out of date. */
  answerOdds: 1_000,
  /** Less probable hypotheses are not worth a tired person's time. */
  worthNaming: 0.03,
} as const;
