/** Date, time and zone (RFC 3339, seconds may be left out). */
export const momentPattern =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})$/;

/** Unix time in milliseconds; null: there is no such moment. Date.parse takes the 31st of November for the 1st of December. */
export const parseMoment = (text: string): number | null => {
  const [, year, month, day] = momentPattern.exec(text) ?? [];
  const at = Date.parse(text);
  if (day === undefined || Number.isNaN(at)) return null;
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) <= daysInMonth ? at : null;
};
