import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { type Characters, charactersOf, haveCommon, noCharacter, union } from './characters.ts';

/** A repeat that may be longer is taken for one without end, where it can begin anywhere. */
const longRepeat = 64;

/** What a part of a pattern stands among. */
interface Place {
  readonly flags: string;
  /** What must have been matched before it. */
  readonly before: readonly AST.Element[];
  /** Characters with which what follows may begin. */
  readonly next: Characters;
  /** Whatever follows, the pattern matches: it never has to go back. */
  readonly sure: boolean;
  readonly flaws: string[];
}

/**
 * Why a pattern could take more than linear time; empty: it cannot. A backtracking engine takes linear time when each repeat without end
 * - repeats one character class, so that there is one way to match a text;
 * - is followed by nothing that it holds itself, so that nothing is gained by giving back what it took;
 * - follows something that it does not hold, so that it is not begun again inside itself.
 * The last two do not matter where the rest of the pattern cannot fail. A group that is repeated begins with what it does not hold later,
 * so that there is one way to split a text among its repeats.
 */
export const flawsOf = (source: string, flags: string): readonly string[] => {
  const flaws: string[] = [];
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: /[uv]/.test(flags) });
  checkAlternatives(pattern.alternatives, { flags, before: [], next: noCharacter, sure: true, flaws });
  return flaws;
};

const checkAlternatives = (alternatives: readonly AST.Alternative[], place: Place): void => {
  for (const { elements } of alternatives)
    for (const [index, element] of elements.entries()) {
      const rest = elements.slice(index + 1);
      check(element, {
        ...place,
        before: [...place.before, ...elements.slice(0, index)],
        next: firstOf(rest, place.flags, place.next),
        sure: place.sure && rest.every(cannotFail),
      });
    }
};

const check = (element: AST.Element, place: Place): void => {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return checkAlternatives(element.alternatives, place);
    case 'Assertion':
      // What is looked ahead at can succeed, and the pattern fail all the same.
      if (element.kind === 'lookahead') checkAlternatives(element.alternatives, { ...place, sure: false });
      if (element.kind === 'lookbehind') place.flaws.push(`${element.raw} looks back`);
      return;
    case 'Backreference':
      place.flaws.push(`${element.raw} refers back`);
      return;
    case 'Quantifier':
      return checkRepeat(element, place);
    default:
      return;
  }
};

const checkRepeat = (repeat: AST.Quantifier, place: Place): void => {
  const { element, raw, max } = repeat;
  const isAnchored = !place.flags.includes('m') && place.before.some(isStart);
  const isEndless = max === Number.POSITIVE_INFINITY || (max > longRepeat && !isAnchored);
  const one = singleCharacter(element);
  if (one === null && max > 1 && !isMarked(element, place.flags))
    place.flaws.push(`${raw} repeats a group that does not begin with a mark of its own`);
  if (!isEndless) {
    const again = max > 1 ? firstOf([element], place.flags, place.next) : place.next;
    if (one === null) check(element, { ...place, next: union(place.next, again), sure: place.sure && max <= 1 });
    return;
  }
  if (one === null) {
    place.flaws.push(`${raw} repeats more than a character without end`);
    return;
  }
  if (place.sure) return;
  const held = charactersOf(one, place.flags);
  if (haveCommon(held, place.next)) place.flaws.push(`${raw} can be followed by what it holds itself`);
  if (!isAnchored && !place.before.some((element) => leaves(element, held, place.flags)))
    place.flaws.push(`${raw} can be begun again inside itself`);
};

/** Whether each alternative of a group begins with a character that the group holds nowhere else. */
const isMarked = (element: AST.Element, flags: string): boolean =>
  (element.type === 'Group' || element.type === 'CapturingGroup') &&
  element.alternatives.every(({ elements: [first, ...rest] }) => {
    const mark = first === undefined ? null : singleCharacter(first);
    return (
      mark !== null &&
      !haveCommon(charactersOf(mark, flags), rest.map((each) => allOf(each, flags)).reduce(union, noCharacter))
    );
  });

/** Characters that a match of the element can have. */
const allOf = (element: AST.Element, flags: string): Characters => {
  switch (element.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return charactersOf(element, flags);
    case 'Quantifier':
      return allOf(element.element, flags);
    case 'Group':
    case 'CapturingGroup':
      return element.alternatives
        .flatMap(({ elements }) => elements.map((inner) => allOf(inner, flags)))
        .reduce(union, noCharacter);
    default:
      return noCharacter;
  }
};

type Single = AST.Character | AST.CharacterSet | AST.CharacterClass;

const singleCharacter = (element: AST.Element): Single | null => {
  if (element.type === 'Character' || element.type === 'CharacterSet' || element.type === 'CharacterClass')
    return element;
  if (element.type !== 'Group' && element.type !== 'CapturingGroup') return null;
  const [only, ...others] = element.alternatives.flatMap(({ elements }) => elements);
  return only === undefined || others.length > 0 ? null : singleCharacter(only);
};

/** Whether a match of the element has a character that is none of these. */
const leaves = (element: AST.Element, held: Characters, flags: string): boolean => {
  switch (element.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return !haveCommon(charactersOf(element, flags), held);
    case 'Quantifier':
      return element.min > 0 && leaves(element.element, held, flags);
    case 'Group':
    case 'CapturingGroup':
      return element.alternatives.every(({ elements }) => elements.some((inner) => leaves(inner, held, flags)));
    default:
      return false;
  }
};

/** Characters with which a sequence, or what comes after it, can begin. */
const firstOf = (elements: readonly AST.Element[], flags: string, after: Characters): Characters => {
  const [first, ...rest] = elements;
  if (first === undefined) return after;
  const own = firstOfElement(first, flags);
  return canBeEmpty(first) ? union(own, firstOf(rest, flags, after)) : own;
};

const firstOfElement = (element: AST.Element, flags: string): Characters => {
  switch (element.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return charactersOf(element, flags);
    case 'Quantifier':
      return firstOfElement(element.element, flags);
    case 'Group':
    case 'CapturingGroup':
      return element.alternatives.map(({ elements }) => firstOf(elements, flags, noCharacter)).reduce(union);
    case 'Assertion':
      return element.kind === 'lookahead' && !element.negate
        ? element.alternatives.map(({ elements }) => firstOf(elements, flags, noCharacter)).reduce(union)
        : noCharacter;
    default:
      return noCharacter;
  }
};

const canBeEmpty = (element: AST.Element): boolean => {
  switch (element.type) {
    case 'Quantifier':
      return element.min === 0 || canBeEmpty(element.element);
    case 'Group':
    case 'CapturingGroup':
      return element.alternatives.some(({ elements }) => elements.every(canBeEmpty));
    case 'Assertion':
      return true;
    default:
      return false;
  }
};

/** Matches anywhere, if need be nothing. */
const cannotFail = (element: AST.Element): boolean =>
  element.type === 'Quantifier'
    ? element.min === 0 || cannotFail(element.element)
    : (element.type === 'Group' || element.type === 'CapturingGroup') &&
      element.alternatives.some(({ elements }) => elements.every(cannotFail));

const isStart = (element: AST.Element): boolean => element.type === 'Assertion' && element.kind === 'start';
