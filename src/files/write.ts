import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { codeOf, systemError } from './file-error.ts';
import { replaceFile } from './replace.ts';
import { nameBeside, type WriteTarget } from './target.ts';
import { writeDescriptor, writePipe } from './write-descriptor.ts';

/** Writes to a checked target. @throws FileError; the reason of `stop` if a named pipe has no reader by then */
export const writeTo = async (target: WriteTarget, text: string, stop: AbortSignal): Promise<void> => {
  try {
    await write(target, text, stop);
  } catch (error) {
    throw stop.aborted ? error : systemError(error, 'write');
  }
};

const write = async (target: WriteTarget, text: string, stop: AbortSignal): Promise<void> => {
  switch (target.kind) {
    case 'descriptor':
      return writeDescriptor(target.descriptor, text);
    case 'pipe':
      return writePipe(target.path, text, stop);
    case 'device':
      return fill(target.path, constants.O_WRONLY | constants.O_NOCTTY, text);
    case 'overwrite':
      return fill(target.path, constants.O_WRONLY | constants.O_TRUNC, text);
    case 'append':
      return fill(target.path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, text);
    case 'replace': {
      const { path, existing } = target;
      const owner = existing === null ? {} : { owner: existing };
      try {
        await replaceFile(path, text, { beside: nameBeside(path), mode: existing?.mode ?? null, ...owner });
      } catch (error) {
        // A file that is itself a mount, as in a container, cannot be replaced, only refilled.
        if (codeOf(error) !== 'EBUSY' || existing === null) throw error;
        await fill(path, constants.O_WRONLY | constants.O_TRUNC, text);
      }
    }
  }
};

/** `writeFile` continues after a short write. On a nearly full disk the first write is short, without an error. */
const fill = async (path: string, flags: number, text: string): Promise<void> => {
  await using file = await open(path, flags);
  await file.writeFile(text);
};
