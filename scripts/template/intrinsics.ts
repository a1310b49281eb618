import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';

/** The values that CloudFormation's functions work on. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as text. @throws if it is not a string, number or boolean */
export const textOf = (value: Json | undefined): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`text was expected: ${JSON.stringify(value)}`);
};

export const objectOf = (value: Json | undefined): JsonObject => {
  if (isObject(value)) return value;
  throw new Error(`a mapping was expected: ${JSON.stringify(value)}`);
};

export const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Json];

/** A template's YAML with the short forms (`!Ref X`) expanded (`{ Ref: X }`). */
export const readTemplate = (text: string): JsonObject => {
  const { contents, errors } = parseDocument(text, { logLevel: 'silent' });
  const [error] = errors;
  if (error !== undefined) throw error;
  return objectOf(plain(contents));
};

const plain = (node: Node | null): Json => {
  const value = untagged(node);
  const tag = node?.tag ?? '';
  if (!/^![A-Za-z]/.test(tag)) return value;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  return { [`Fn::${name}`]: name === 'GetAtt' ? textOf(value).split('.') : value };
};

const untagged = (node: Node | null): Json => {
  if (isMap<Node, Node>(node))
    return Object.fromEntries(node.items.map(({ key, value }) => [textOf(plain(key)), plain(value)]));
  if (isSeq<Node>(node)) return node.items.map(plain);
  return isScalar(node) ? (node.value as Json) : null;
};

/** Parameter values. A list stays a list. */
export type Parameters = Readonly<Record<string, Json>>;

const pseudo: Parameters = {
  'AWS::Region': 'us-east-1',
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws',
  'AWS::StackName': 'hokusai-synthetics',
};

const noValue = Symbol('AWS::NoValue');

/** Evaluates the functions as CloudFormation does. A resource becomes `<Name>`, its attribute `<Name.Arn>`. */
export const createResolver = (template: JsonObject, given: Parameters) => {
  const defaults = Object.entries(objectOf(template['Parameters'])).map(([name, parameter]) => {
    const { Type: type, Default: value = '' } = objectOf(parameter);
    return [name, type === 'CommaDelimitedList' ? textOf(value).split(',') : value] as const;
  });
  const parameters: Parameters = { ...pseudo, ...Object.fromEntries(defaults), ...given };

  const refer = (name: string): Json => parameters[name] ?? `<${name}>`;

  const holds = (condition: Json): boolean => {
    const [name = '', argument = null] = Object.entries(objectOf(condition))[0] ?? [];
    if (name === 'Condition') return conditionHolds(textOf(argument));
    const parts = listOf(argument);
    if (name === 'Fn::Equals') return textOf(resolve(parts[0])) === textOf(resolve(parts[1]));
    if (name === 'Fn::Not') return !holds(parts[0] ?? null);
    if (name === 'Fn::Or') return parts.some(holds);
    if (name === 'Fn::EachMemberEquals')
      return listOf(resolve(parts[0])).every((member) => textOf(member) === textOf(resolve(parts[1])));
    throw new Error(`no condition: ${name}`);
  };

  const conditionHolds = (name: string): boolean => {
    const condition = objectOf(template['Conditions'])[name];
    if (condition === undefined) throw new Error(`there is no condition ${name}`);
    return holds(condition);
  };

  const substitute = (argument: Json): string => {
    const [text, more = {}] = Array.isArray(argument) ? argument : [argument];
    const own = objectOf(more as Json);
    return textOf(text as Json)
      .replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => textOf(name in own ? resolve(own[name]) : refer(name)))
      .replaceAll('${!', '${');
  };

  const compute = (name: string, argument: Json): Json | typeof noValue | undefined => {
    const parts = listOf(argument);
    switch (name) {
      case 'Ref':
        return argument === 'AWS::NoValue' ? noValue : refer(textOf(argument));
      case 'Fn::GetAtt':
        return refer(parts.map(textOf).join('.'));
      case 'Fn::Sub':
        return substitute(argument);
      case 'Fn::Join':
        return listOf(resolve(parts[1])).map(textOf).join(textOf(parts[0]));
      case 'Fn::If':
        return resolveOrNot(parts[conditionHolds(textOf(parts[0])) ? 1 : 2] ?? null);
      case 'Fn::FindInMap': {
        const [map = '', key = '', attribute = ''] = parts.map((part) => textOf(resolve(part)));
        return objectOf(objectOf(objectOf(template['Mappings'])[map])[key])[attribute];
      }
      default:
        return undefined;
    }
  };

  const resolveOrNot = (value: Json): Json | typeof noValue => {
    if (Array.isArray(value)) return value.map(resolveOrNot).filter((each): each is Json => each !== noValue);
    if (!isObject(value)) return value;
    const entries = Object.entries(value);
    const [first] = entries;
    const computed = entries.length === 1 && first !== undefined ? compute(first[0], first[1]) : undefined;
    if (computed !== undefined) return computed;
    return Object.fromEntries(
      entries
        .map(([key, each]) => [key, resolveOrNot(each)] as const)
        .filter((entry): entry is readonly [string, Json] => entry[1] !== noValue),
    );
  };

  const resolve = (value: Json | undefined): Json => {
    const resolved = resolveOrNot(value ?? null);
    return resolved === noValue ? null : resolved;
  };

  return { resolve, holds, conditionHolds };
};
