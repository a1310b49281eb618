import { deepEqual, equal, match } from 'node:assert/strict';
import { createResolver, objectOf, type Parameters, textOf } from '../intrinsics.ts';
import { stackWith, template } from '../stack.ts';
import { account, type Inventory, type Stack } from './emulator.ts';

/** Resource types that the emulator accepts without creating anything. */
const onlyAccepted: readonly string[] = [
  'AWS::Chatbot::CustomAction',
  'AWS::Chatbot::SlackChannelConfiguration',
  'AWS::CloudWatch::Dashboard',
];

/** What an update removed is still listed. */
const remaining = ({ resources }: Stack): Stack['resources'] =>
  Object.fromEntries(Object.entries(resources).filter(([, { status }]) => status !== 'DELETE_COMPLETE'));

const resourcesAreComplete = (stack: Stack): void => {
  const others = Object.entries(remaining(stack)).filter(
    ([, { status }]) => !/^(CREATE|UPDATE)_COMPLETE$/.test(status),
  );
  deepEqual(others, []);
};

/** SAM adds a function's schedule and settings, under names that begin with the function's. */
const resourcesAreThoseOf = (stack: Stack, parameters: Parameters): void => {
  const expected = stackWith(parameters);
  const expectedNames = expected.map(({ name }) => name);
  const functions = expected.filter(({ type }) => type === 'AWS::Serverless::Function');
  const names = Object.keys(remaining(stack));
  const missing = expectedNames.filter((name) => !names.includes(name));
  const unexpected = names.filter(
    (name) => !expectedNames.includes(name) && !functions.some((own) => name.startsWith(own.name)),
  );
  deepEqual({ missing, unexpected }, { missing: [], unexpected: [] });
};

const acceptedTypesAreKnown = (stack: Stack): void => {
  const accepted = Object.values(stack.resources).filter(({ reason }) => reason.includes('not supported'));
  const unknown = new Set(accepted.map(({ type }) => type).filter((type) => !onlyAccepted.includes(type)));
  equal([...unknown].join(), '', 'the emulator does not create these types; add them to onlyAccepted');
};

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');

/** A value of the template, in which a resource is `<Name>`, and its attribute `<Name.Arn>`, which may be anything. */
const patternOf = (value: string, { resources }: Stack): RegExp => {
  if (/<\w+\.\w+>/.test(value)) return /^arn:aws:\w+:\S+$/;
  const parts = value.split(/<(\w+)>/);
  return new RegExp(
    `^${parts.map((part, index) => escaped(index % 2 === 0 ? part : (resources[part]?.physicalId ?? ''))).join('')}$`,
  );
};

const outputsAreThoseOf = (stack: Stack, parameters: Parameters): void => {
  const { resolve, conditionHolds } = createResolver(template, { ...parameters, 'AWS::AccountId': account });
  const expected = Object.entries(objectOf(template['Outputs'])).filter(([, output]) => {
    const condition = objectOf(output)['Condition'];
    return condition === undefined || conditionHolds(textOf(condition));
  });
  deepEqual(Object.keys(stack.outputs).toSorted(), expected.map(([name]) => name).toSorted());
  for (const [name, output] of expected)
    match(stack.outputs[name] ?? '', patternOf(textOf(resolve(objectOf(output)['Value'])), stack));
};

/** @throws if the stack is not what the template says with these parameters. */
export const isComplete = (stack: Stack, status: string, parameters: Parameters): void => {
  equal(stack.status, status);
  resourcesAreComplete(stack);
  resourcesAreThoseOf(stack, parameters);
  outputsAreThoseOf(stack, parameters);
  acceptedTypesAreKnown(stack);
};

/** SAM's own bucket stays, for the next deployment. */
const isSams = (name: string): boolean => name.startsWith('aws-sam-cli-managed-default-');

/** @throws with what is left in the account. */
export const isEmpty = (inventory: Inventory): void => {
  const left = Object.entries(inventory).flatMap(([kind, names]) =>
    names.filter((name) => !isSams(name)).map((name) => `${kind}: ${name}`),
  );
  deepEqual(left, []);
};
