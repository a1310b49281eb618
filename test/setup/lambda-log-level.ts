const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Whether Lambda passes a JSON line on to CloudWatch Logs when the function's ApplicationLogLevel is this one. A line
 * without a known level, or without an RFC 3339 timestamp, counts as INFO
 * (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html).
 */
export const keptByLambda = (line: Readonly<Record<string, unknown>>, applicationLogLevel: string): boolean => {
  const level = String(line['level']).toUpperCase();
  const valid = levels.includes(level) && rfc3339.test(String(line['timestamp']));
  return levels.indexOf(valid ? level : 'INFO') >= levels.indexOf(applicationLogLevel);
};
