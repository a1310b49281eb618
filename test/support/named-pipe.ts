import { execFileSync } from 'node:child_process';

/** Node cannot make one. */
export const makeNamedPipe = (path: string): void => {
  execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', path]);
};
