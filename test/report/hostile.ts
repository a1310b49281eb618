import { defaultLimits } from '../../src/model/limits.ts';
import type { Evidence, Report } from '../../src/model/report.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { defaultTargets } from '../../src/platform/targets.ts';
import type { View } from '../../src/report/view.ts';

/** What a report is rendered with, as the command line does it by default. */
export const view: View = {
  hosts: defaultHosts,
  targets: defaultTargets({ hosts: defaultHosts, limits: defaultLimits, corsOrigin: 'https://platform.hokus.ai' }),
  through: 'https://registry.hokus.ai/api/mlflow',
};

/** What nobody's answer may do: end a tag, an attribute, a cell, a fence, a line or a section; be a command; turn the text round. */
export const hostileText = [
  '</pre></script><img src=x onerror=alert(1)>',
  '"><svg onload=alert(2)>',
  "' onmouseover='alert(3)",
  ']]>',
  '&nbsp;&#0;',
  '\n::error title=x::injected\r::set-output name=y::z',
  '##[add-matcher]/tmp/x',
  '| a cell | `` ` ``` code <b>bold</b> [link](javascript:alert(4))',
  '\u0000\u0008\u001b[2J\u0085\u2028\u202e\u200f\ufeff\ufffe\ud800 end',
  'x'.repeat(10_000),
].join(' ');

/** The report as if every word that comes from outside were hostile. */
export const hostile = (report: Report): Report => {
  const evidence = (kept: Evidence): Evidence => ({
    ...kept,
    summary: hostileText,
    code: hostileText,
    body: hostileText,
    headers: { [hostileText]: hostileText },
    resolution: { name: hostileText, chain: [hostileText], addresses: [hostileText], failures: [] },
    connects: [{ address: hostileText, port: 443, code: hostileText, ms: Number.NaN, noRoute: false }],
    redirects: [{ status: 302, from: hostileText, location: hostileText }],
    version: hostileText,
    traceId: hostileText,
    certificate: {
      subject: hostileText,
      issuer: hostileText,
      names: [hostileText],
      validFrom: hostileText,
      validTo: hostileText,
      daysLeft: 12.5,
      sha256: hostileText,
      chain: [hostileText],
    },
  });
  const asked = {
    method: hostileText,
    url: hostileText,
    headers: { [hostileText]: hostileText },
    body: hostileText,
    command: hostileText,
  };
  const { registration, diagnosis } = report;
  return {
    ...report,
    environment: hostileText,
    runId: hostileText,
    recovered: [hostileText],
    prober: { name: hostileText, version: hostileText, host: hostileText },
    outcomes: report.outcomes.map((outcome, index) => ({
      ...outcome,
      target: `${outcome.target}${index % 2 === 0 ? hostileText : ''}`,
      host: index % 3 === 0 ? hostileText : outcome.host,
      address: hostileText,
      timingsMs: { ...outcome.timingsMs, total: Number.NaN, tls: Number.POSITIVE_INFINITY, connect: -1 },
      evidence: evidence(outcome.evidence),
      ...(outcome.asked === undefined ? {} : { asked }),
    })),
    registration:
      registration === null
        ? null
        : {
            ...registration,
            model: hostileText,
            steps: registration.steps.map((step) => ({
              ...step,
              evidence: evidence(step.evidence),
              ...(step.asked === undefined ? {} : { asked }),
            })),
            cleanup: {
              ...registration.cleanup,
              status: 'degraded',
              failureMode: 'cleanup-failed',
              leftBehind: [{ thing: 'run', id: hostileText }],
            },
            facts: { ...registration.facts, deletesThrough: hostileText },
          },
    diagnosis: {
      ...diagnosis,
      unexplained: [hostileText],
      hypotheses: diagnosis.hypotheses.map((one) => ({ ...one, contradicts: [hostileText], hosts: [hostileText] })),
    },
  };
};

/** What of a text a pattern finds, cut short: a failing test shows where, not the whole page. */
export const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`))]
    .slice(0, 3)
    .map((match) => text.slice(Math.max(0, match.index - 40), match.index + 40));
