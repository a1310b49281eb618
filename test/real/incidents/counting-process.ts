import { writeSync } from 'node:fs';
import { update } from '../../../src/incidents/remember.ts';
import { createFileStore } from '../../../src/incidents/stores/file.ts';
import { countIn, withCount } from '../../incidents/counter.ts';

/** Adds one to a stored number, over and over, and says each time that it has. */
const [file = '', times = ''] = process.argv.slice(2);
const memory = { store: createFileStore({ file }), environment: 'development', channels: [], now: Date.now };

for (let time = 0; time < Number(times); time++) {
  await update(memory, (state) => withCount(state, countIn(state) + 1));
  writeSync(1, '+');
}
