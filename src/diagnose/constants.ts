/** Numbers of the scorer, each with its reason. Probabilities, unless they say otherwise. */
export const scoring = {
  /** A request that nothing is wrong with fails twice, half a second apart: a lost probe in some thousand. */
  noise: 0.001,
  /** The same once, and passes the second time: seen now and then through any network. */
  flake: 0.02,
  /** Of such failures, the part that looks as networks fail: a time-out, a reset (`transient`, likelihood.ts). */
  transient: 0.9,
  /** Ways to fail among which an unexpected failure is one: about half of the failure modes can come of one request. */
  ways: 30,
  /** Of what a hypothesis leaves open ("any other failure"), the part that looks as if nothing were wrong. */
  openPass: 0.1,
  /** An answer from behind the broken hop. It can happen (a cache, a second task), and hardly does. */
  answeredFromBehind: 0.05,
  /** Share of the time of the least slow request from which a request is late, although within the limit. */
  late: 0.4,
  /** And up to which it is on time. */
  onTime: 0.25,
  /** A late request takes at least this many times as long as in the baseline. */
  timesNormal: 2,
  /** The API refuses a key with another response than it refuses a request without one. */
  unlikeApi: 0.3,
  /** What is in front of an application says what only the application can know: our comparison of the two is wrong. */
  foreign: 0.002,
  /** An answer's words name another trouble than the one that is supposed: two at once, or the table of words is wrong. */
  wordsOfAnother: 0.005,
  /** Of failures that mostly say in words what they are, those that do not. */
  silent: 0.1,
  /** Faults that the catalogue does not know, as against all that it does: one incident in eight was none of the documents' guesses. */
  otherPrior: 0.12,
  /** An unknown fault shows mostly in one way, too. */
  otherMainMode: 0.6,
  /** An unknown fault that is told of in the words of a known one. */
  otherWords: 0.1,
  /** Requests that go the same way and show the same are not independent: n of them count as n to this power. */
  dependence: 0.5,
  /** Likelihoods within this factor's logarithm (nats) cannot be told apart by what was seen. */
  tieNats: 2,
  /** Nor can what has at least this share of the probability of the best. */
  tieShare: 1 / 4,
  /** The first fault must explain at least so much (nats) more than that nothing is wrong. */
  firstFaultNats: 1,
  /** A further fault must explain this much (nats) more than it costs to suppose it. */
  furtherFaultNats: 2,
  /** So many of the likeliest hypotheses are tried as the first of several faults: the best one alone may be no part of the best pair. */
  starts: 3,
  /** And so many of the likeliest cases, whichever their hypotheses. */
  startCases: 5,
  /** More faults at once are not looked for; the worst day on record had four. */
  faults: 4,
  /** A failure begins within a quarter of an hour after a deployment, though it has nothing to do with it: there are a few a day. */
  deploymentByChance: 0.1,
  /** A failure that is at most so likely under a hypothesis is not explained by it. */
  explained: 0.03,
  /** A single answer that is less sure deserves further requests. */
  doubtful: 0.9,
  /** A request whose answer is expected to tell less (nats) than this decides nothing, however often it is asked. */
  worthAskingNats: 0.02,
  /** What a hypothesis makes at most so likely is rare under it, and no ground for confidence. */
  rare: 0.2,
  /** The most that a hypothesis gets while something speaks against it: below what counts as confident, 0.8. */
  doubted: 0.79,
  /** An answer of AWS that decides is right this much more often than wrong. It can be out of date. */
  answerOdds: 1_000,
  /** What is less probable is not worth a tired person's time. */
  worthNaming: 0.03,
} as const;
