import { readFile, writeFile } from 'node:fs/promises';
import { dashboardBody } from './dashboard/body.ts';
import { templateFile } from './template/stack.ts';

const key = /^( +)DashboardBody: !Sub\n +- \|\n/m;

/** The template's text with the dashboard inserted. @throws if it has no place for one */
export const withDashboard = (template: string): string => {
  const found = key.exec(template);
  if (found === null) throw new Error('template.yaml has no DashboardBody: !Sub with a literal block');
  const start = found.index + found[0].length;
  const indent = `${found[1]}    `;
  const lines = template.slice(start).split('\n');
  const end = lines.findIndex((line) => !line.startsWith(indent));
  const body = dashboardBody()
    .split('\n')
    .map((line) => indent + line);
  return template.slice(0, start) + [...body, ...lines.slice(end)].join('\n');
};

if (import.meta.main) await writeFile(templateFile, withDashboard(await readFile(templateFile, 'utf8')));
