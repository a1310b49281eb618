/**
 * The files that this process has read, by device and number, because two names or a link can lead to one file. No
 * output may overwrite them. For example, a check that replaced its own baseline would make every failure known.
 */
const read = new Set<string>();

interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

const nameOf = ({ dev, ino }: Identity): string => `${dev}:${ino}`;

export const noteInput = (file: Identity): void => {
  read.add(nameOf(file));
};

export const isInput = (file: Identity): boolean => read.has(nameOf(file));
