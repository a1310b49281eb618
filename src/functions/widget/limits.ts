/** Every limit of what the widget shows. Characters unless the name says otherwise; a stored text can contain anything. */
export const widgetLimits = {
  /** Ids, names, environments: anything longer is not a real name. */
  name: 100,
  /** Server text, and the name of the person who acknowledged. */
  text: 200,
  /** Why the state cannot be read, and what to do. */
  trouble: 600,
  /** Milliseconds in which the table must answer, all attempts included. The function's time-out is 10 s. */
  readMs: 8_000,
  /** Incidents shown in full, then as one line each. The rest is only counted. */
  shownIncidents: 4,
  shownFurther: 12,
  shownOver: 5,
  shownCauses: 4,
  shownCommands: 2,
  /** Without a cause: places to look at, and sentences of servers. */
  shownPlaces: 3,
  /** In an incident's details. */
  shownAffected: 20,
  shownEverAffected: 60,
  shownHistory: 20,
  /** More than any request path has. */
  shownHops: 24,
  /** Bars of the timeline. No more incidents are stored. */
  shownBars: 60,
  /** Milliseconds without a new cycle after which the state is unknown, or three cycles if those are further apart. */
  staleMs: 5 * 60_000,
  /** Milliseconds: length of the timeline if CloudWatch gives no range, and its bounds. */
  rangeMs: 24 * 3_600_000,
  rangeLeastMs: 15 * 60_000,
  rangeMostMs: 31 * 24 * 3_600_000,
  /**
   * Pixels. `edges` is the part of the width that the widget's own margins take. Beyond `widthMost`, only the gaps of
   * the path would grow.
   */
  edges: 32,
  widthLeast: 280,
  widthMost: 1_100,
  widthDefault: 600,
} as const;
