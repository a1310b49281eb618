import type { AST } from '@eslint-community/regexpp';

/** A set of UTF-16 code units: 1 where the unit is in it. */
export type Characters = Uint8Array;

const units = 0x1_0000;

export const noCharacter: Characters = new Uint8Array(units);

export const union = (a: Characters, b: Characters): Characters => {
  const all = Uint8Array.from(a);
  for (let unit = 0; unit < units; unit++) if (b[unit] === 1) all[unit] = 1;
  return all;
};

export const haveCommon = (a: Characters, b: Characters): boolean => {
  for (let unit = 0; unit < units; unit++) if (a[unit] === 1 && b[unit] === 1) return true;
  return false;
};

const known = new Map<string, Characters>();

/** What one character of a pattern stands for, as the engine itself says. */
export const charactersOf = ({ raw }: AST.Node, flags: string): Characters => {
  const key = `${flags}/${raw}`;
  let found = known.get(key);
  if (found === undefined) {
    const pattern = new RegExp(`^(?:${raw})$`, flags.replace(/[gy]/g, ''));
    found = new Uint8Array(units);
    for (let unit = 0; unit < units; unit++) if (pattern.test(String.fromCharCode(unit))) found[unit] = 1;
    known.set(key, found);
  }
  return found;
};

/** One of them, for a text: one that is printed, where there is one. */
export const exampleOf = (characters: Characters): string => {
  const printable = characters.findIndex((is, unit) => is === 1 && unit > 0x20);
  const unit = printable === -1 ? characters.indexOf(1) : printable;
  return unit === -1 ? '' : String.fromCharCode(unit);
};
