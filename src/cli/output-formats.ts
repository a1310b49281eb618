import { extname } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { descriptorOf } from '../files/descriptor.ts';
import { UsageError } from './usage-error.ts';

/** A new one for each command, because commander stores the value in it. */
export const outputOption = (): Option =>
  new Option(
    '--output <file>',
    'write the report to a file, in the format of its ending; - is standard output; repeatable',
  )
    .argParser((file: string, before: readonly string[]): readonly string[] => {
      if (file.trim() === '') throw new InvalidArgumentError('It is empty: give it a value, or leave the option out.');
      return [...before, file];
    })
    .default([], '-');

/** The same for `--format`, whose default depends on the ending. */
export const formatOptionOf = (formats: readonly string[]): Option =>
  new Option('--format <format>', 'format of the report; default: that of the ending of --output, or pretty').choices(
    formats,
  );

export interface OutputFlags<F extends string> {
  readonly format?: F;
  readonly output: readonly string[];
}

/** The formats that a command has, by the ending of a file. */
export type Endings<F extends string> = Readonly<Record<string, F>>;

export interface OutputWanted<F extends string> {
  /** The value of `--output`; undefined: it was not given. */
  readonly said: string | undefined;
  readonly format: F;
}

export const isStandardOutput = (said: string): boolean => said === '-' || descriptorOf(said) === 1;

/**
 * The format of each output. With one output, `--format` wins over its ending. With several, each ending decides, and
 * `--format` is for standard output. @throws UsageError when an output could be meant in two ways
 */
export const wantedOutputs = <F extends string>(
  { format, output }: OutputFlags<F>,
  endings: Endings<F>,
  plain: F,
): readonly OutputWanted<F>[] => {
  const byEnding = (said: string): F | undefined => {
    const ending = extname(said).toLowerCase();
    return Object.hasOwn(endings, ending) ? endings[ending] : undefined;
  };
  const [only, ...more] = output;
  if (only === undefined) return [{ said: undefined, format: format ?? plain }];
  if (more.length === 0) return [{ said: only, format: format ?? byEnding(only) ?? plain }];
  const wanted = output.map((said) => {
    const own = isStandardOutput(said) ? (format ?? plain) : byEnding(said);
    if (own === undefined)
      throw new UsageError(
        `--output ${said}: with several outputs the ending names the format: end the name in ${anyOf(Object.keys(endings))}`,
      );
    return { said, format: own };
  });
  if (format !== undefined && !wanted.some((one) => one.format === format))
    throw new UsageError(
      `--format ${format}: with several outputs the endings name the formats, and none of them is ${format}: leave --format out, or add --output -`,
    );
  return wanted;
};

const anyOf = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
