import { resolve } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { Reach } from '../model/own-command.ts';

/** Whole paths, because a message is read in another folder. `state`: the value of `--state`. */
export const reachFor = ({ file }: Pick<Settings, 'file'>, state: string | undefined): Reach => ({
  config: file === undefined ? null : resolve(file),
  state: state === undefined || state.startsWith('dynamodb:') ? (state ?? null) : resolve(state),
});
