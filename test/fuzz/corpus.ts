import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Input {
  /** The file's name. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** The kept inputs of a protocol. */
export const readCorpus = async (protocol: string): Promise<readonly [Input, ...Input[]]> => {
  const folder = join(import.meta.dirname, 'corpus', protocol);
  const names = (await readdir(folder)).sort();
  const [first, ...others] = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })),
  );
  if (first === undefined) throw new Error(`${folder} is empty`);
  return [first, ...others];
};
