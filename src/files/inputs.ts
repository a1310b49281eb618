/**
 * The files that this process has read, by device, number and time of birth, because two names or a link can lead to one file. No
 * output may overwrite them. For example, a check that replaced its own baseline would make every failure known.
 */
const read = new Set<string>();

interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly birthtimeNs: bigint;
}

const nameOf = ({ dev, ino, birthtimeNs }: Identity): string => `${dev}:${ino}:${birthtimeNs}`;

export const noteInput = (file: Identity): void => {
  read.add(nameOf(file));
};

export const isInput = (file: Identity): boolean => read.has(nameOf(file));
