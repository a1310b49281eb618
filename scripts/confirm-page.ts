import { readFile, writeFile } from 'node:fs/promises';
import { loadSettings } from '../src/config/load.ts';
import { confirmLimits } from '../src/confirm/limits.ts';
import { gatewayResources, permissions } from '../src/confirm/permissions.ts';
import { askableIds, planOf, silenceOf } from '../src/confirm/plan.ts';
import { hypothesisIds } from '../src/platform/hypotheses.ts';
import { figuresLines } from './pages/confirm-figures.ts';
import { table, withPart } from './pages/markdown.ts';

export const confirmPageFile = new URL('../docs/confirm.md', import.meta.url);

const shortName = (operation: string): string => `\`${operation.slice(operation.indexOf(':') + 1)}\``;

const gatewayPermission = 'apigateway:GET';

/** The policy that allows every call. The actions that have no resources need `*`. */
export const confirmPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Confirm',
      Effect: 'Allow',
      Action: permissions.filter((one) => one !== gatewayPermission),
      Resource: '*',
    },
    {
      Sid: 'ConfirmByGateway',
      Effect: 'Allow',
      Action: [gatewayPermission],
      Resource: gatewayResources.map((path) => `arn:aws:apigateway:*::${path}`),
    },
  ],
};

/** docs/confirm.md with its generated parts replaced. */
export const confirmPage = async (page: string): Promise<string> => {
  const settings = await loadSettings(null);
  const asked = askableIds.map((id) => {
    const calls = [...new Set(planOf([id], settings).map(({ operation }) => shortName(operation)))];
    return [`[${id}](hypotheses.md#${id})`, calls.join(', ')];
  });
  const silent = hypothesisIds.flatMap((id) => {
    const reason = silenceOf(id);
    return reason === null ? [] : [[`[${id}](hypotheses.md#${id})`, reason]];
  });
  const withCalls = withPart(page, 'calls', table(['hypothesis', 'calls'], asked));
  const withSilent = withPart(withCalls, 'silent', table(['hypothesis', 'why'], silent));
  const withLimits = withPart(withSilent, 'limits', [
    `At most ${confirmLimits.calls} calls and ${confirmLimits.totalMs / 1_000} s for one report, ${confirmLimits.callMs / 1_000} s for one call, ${confirmLimits.pages} pages of one list, ${confirmLimits.bodyBytes / 1_000_000} MB of one answer.`,
  ]);
  const withFigures = withPart(withLimits, 'figures', await figuresLines());
  return withPart(withFigures, 'policy', ['```json', JSON.stringify(confirmPolicy, null, 2), '```']);
};

if (import.meta.main) await writeFile(confirmPageFile, await confirmPage(await readFile(confirmPageFile, 'utf8')));
