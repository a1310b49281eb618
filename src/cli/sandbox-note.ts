import { ownCommand } from '../model/own-command.ts';
import { isNews } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';
import { say } from './print.ts';
import type { SandboxFlags } from './sandboxed.ts';

/** The report's curl commands name ports of the sandbox, which are closed once the check is over. */
export const saySandboxNote = (
  report: Report,
  { scenario, generation, mlflow, pace, quiet }: SandboxFlags & { readonly quiet?: boolean },
): void => {
  if (quiet === true || !requests(report).some((one) => isNews(one) && one.asked !== undefined)) return;
  const flags = [
    ...scenario.flatMap((id) => ['--scenario', id]),
    ...(generation === '2026' ? [] : ['--generation', generation]),
    ...(mlflow === undefined ? [] : ['--mlflow', mlflow]),
    ...(pace === 1 ? [] : ['--pace', `${pace}`]),
  ];
  say(
    `this sandbox ends with the check, so the commands to ask again work only against one that keeps running: ${ownCommand('sandbox', ...flags)}`,
  );
};
