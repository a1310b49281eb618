import type { Settings } from '../config/settings.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';
import { say } from './print.ts';

/** Variables that other clients take a proxy from. */
const variables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

/** Remarks on a cycle that reached nothing where other clients would use a proxy. */
export const sayProxyNote = (
  report: Pick<Report, 'outcomes' | 'registration'>,
  { network: { proxy } }: Settings,
): void => {
  const set = variables.find((name) => (process.env[name] ?? '') !== '');
  const asked = requests(report).filter(({ status }) => status !== 'skipped');
  const isReached = asked.some(({ httpStatus, evidence }) => httpStatus !== null || evidence.certificate !== null);
  if (set === undefined || proxy !== null || asked.length === 0 || isReached) return;
  say(
    `nothing was reached. ${set} is set, but the prober connects directly: network.proxy: environment uses the proxy`,
  );
};
