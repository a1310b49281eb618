/** Date, time and zone (RFC 3339, but seconds are optional). */
export const momentPattern =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})$/;

/** Unix time in milliseconds; null: no valid date. Date.parse reads 31 November as 1 December. */
export const parseMoment = (text: string): number | null => {
  const [, year, month, day] = momentPattern.exec(text) ?? [];
  const at = Date.parse(text);
  if (day === undefined || Number.isNaN(at)) return null;
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) <= daysInMonth ? at : null;
};
