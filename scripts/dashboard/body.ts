import { type Row, rows } from './rows.ts';

/** Template parameters in places where JSON has a number. */
const numbers = /"(\$\{(?:Seconds|RegistrationSlowMs|HostShare|CertificateDays)\})"/g;

/** CloudFormation would make a "?" of every other character. */
const inAscii = (json: string): string =>
  json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const placed = ({ height, widgets }: Row, y: number): readonly string[] => {
  let x = 0;
  return widgets.map(({ type, width, properties }) => {
    const widget = { type, x, y, width, height, properties };
    x += width;
    return inAscii(JSON.stringify(widget)).replaceAll(numbers, '$1');
  });
};

/** The dashboard as text for CloudFormation's Fn::Sub; after substitution it is JSON. One line per widget. */
export const dashboardBody = (): string => {
  let y = 0;
  const widgets = rows.flatMap((row) => {
    const lines = placed(row, y);
    y += row.height;
    return lines;
  });
  return ['{"start":"-PT3H","periodOverride":"inherit","widgets":[', widgets.join(',\n'), ']}'].join('\n');
};
