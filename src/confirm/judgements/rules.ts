import type { Action, Rule } from '../resources.ts';

/** Whether a text matches a pattern of the balancer: `*` stands for any characters, `?` for one. Linear for each `*`. */
export const matches = (pattern: string, text: string): boolean => {
  let at = 0;
  let star = -1;
  let retry = 0;
  let index = 0;
  while (index < text.length) {
    if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[index]) && pattern[at] !== '*') {
      at += 1;
      index += 1;
    } else if (pattern[at] === '*') {
      star = at;
      retry = index;
      at += 1;
    } else if (star !== -1) {
      at = star + 1;
      retry += 1;
      index = retry;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
};

interface Place {
  readonly host: string;
  readonly path: string;
}

/** Null: it depends on more than host and path. */
const applies = ({ conditions }: Rule, { host, path }: Place): boolean | null => {
  const each = conditions.map(({ field, values }): boolean | null => {
    if (values.length === 0) return null;
    if (field === 'host-header') return values.some((one) => matches(one.toLowerCase(), host.toLowerCase()));
    if (field === 'path-pattern') return values.some((one) => matches(one, path));
    return null;
  });
  if (each.includes(false)) return false;
  return each.includes(null) ? null : true;
};

const order = ({ isDefault, priority }: Rule): number => (isDefault ? Number.POSITIVE_INFINITY : Number(priority));

/** What a listener does with a request, and whether by its default; null if that depends on more than host and path. */
export const ruleFor = (
  rules: readonly Rule[],
  place: Place,
): { readonly action: Action; readonly isDefault: boolean } | null => {
  for (const rule of rules.toSorted((a, b) => order(a) - order(b))) {
    const does = applies(rule, place);
    if (does === null) return null;
    const action = rule.actions.at(-1);
    if (does) return action === undefined ? null : { action, isDefault: rule.isDefault };
  }
  return null;
};
