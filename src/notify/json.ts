import { type TemplateField, templatePlace } from '../model/template-fields.ts';
import type { Channel } from './channel.ts';
import { type Connecting, connectingOf, deliver } from './deliver.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { httpsOnly } from './secret-url.ts';
import type { Setting } from './setting.ts';

export interface JsonOptions extends Setting, Connecting {
  readonly url: string;
  /** JSON whose texts contain `{{field}}`; null: all fields. The configuration has checked it. */
  readonly template: string | null;
}

/** Any receiver of JSON. */
export const createJsonChannel = (options: JsonOptions): Channel => {
  const { url: text, template } = options;
  const url = httpsOnly(text, 'the JSON webhook');
  const form: unknown = template === null ? null : JSON.parse(template);
  return {
    name: 'json',
    send: (event, signal) => {
      const fields = fieldsOf(event, options);
      return deliver(
        {
          ...connectingOf(options),
          ...{ name: 'the JSON webhook', url },
          body: template === null ? fields : filled(form, fields),
          hint: 'does it exist, and does it accept what the template makes?',
        },
        signal,
      );
    },
  };
};

/** Fills in values, not text: whatever a field holds, the result is JSON of the same form. */
const filled = (form: unknown, fields: Fields): unknown => {
  if (typeof form === 'string')
    return form.replaceAll(templatePlace, (place, name: string) =>
      Object.hasOwn(fields, name) ? fields[name as TemplateField] : place,
    );
  if (Array.isArray(form)) return form.map((one: unknown) => filled(one, fields));
  if (typeof form !== 'object' || form === null) return form;
  return Object.fromEntries(Object.entries(form).map(([key, value]) => [key, filled(value, fields)]));
};
