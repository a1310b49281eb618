/** The command line that runs a command on one CPU (util-linux's taskset). */
export const onOneCore = (command: string, settings: readonly string[]): readonly [string, readonly string[]] => [
  'taskset',
  ['--cpu-list', '0', command, ...settings],
];
