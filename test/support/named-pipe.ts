import { execFileSync } from 'node:child_process';

/** Node has no function for it. */
export const makeNamedPipe = (path: string): void => {
  execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', path]);
};
