import { FileError } from './file-error.ts';

/** Everything from a stream. Throws as soon as it exceeds the limit. */
export const collect = async (source: AsyncIterable<Buffer>, limit: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > limit) throw new FileError({ kind: 'too-large', limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
};
