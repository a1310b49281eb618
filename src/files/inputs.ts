/**
 * The files that this process has read, so that none is written over by what was made from it. By device and number: two names,
 * or a link, can lead to one file. A baseline that each check replaces, for example, would make every failure known.
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
