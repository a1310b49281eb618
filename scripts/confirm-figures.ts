import { writeFile } from 'node:fs/promises';
import { faults } from '../src/sandbox/faults/faults.ts';
import { measureEvidence, measureSandbox } from '../test/confirm/measure.ts';
import { confirmFiguresFile } from './pages/confirm-figures.ts';

/* Measures what AWS decides: node scripts/confirm-figures.ts, about five minutes. Then npm run generate. */

const sandbox = await measureSandbox(Object.keys(faults).filter((id) => (faults[id]?.causes.length ?? 0) > 0));
const evidence = await measureEvidence();
await writeFile(confirmFiguresFile, `${JSON.stringify({ sandbox, evidence })}\n`);
