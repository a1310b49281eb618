import type { Family, Sample } from './prometheus.ts';

/** Prometheus' text format, https://prometheus.io/docs/instrumenting/exposition_formats/. */
export const expositionType = 'text/plain; version=0.0.4; charset=utf-8';

export const expositionOf = (families: readonly Family[]): string =>
  families
    .map(({ name, type, help, samples }) =>
      [
        `# HELP ${name} ${helpText(help)}`,
        `# TYPE ${name} ${type}`,
        ...samples.map((sample) => `${name}${labelText(sample)} ${sample.value}`),
        '',
      ].join('\n'),
    )
    .join('');

const helpText = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

const labelText = ({ labels }: Sample): string => {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${helpText(value).replaceAll('"', '\\"')}"`);
  return all.length === 0 ? '' : `{${all.join(',')}}`;
};
