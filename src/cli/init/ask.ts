import { createInterface } from 'node:readline';
import { UsageError } from '../usage-error.ts';
import { type Answers, defaultAnswers } from './answers.ts';
import { accept, questions } from './questions.ts';

/**
 * Asks on standard error and reads answers from standard input, a line each. An empty line, or the end of the input, is the
 * default in brackets. A person is asked again after a mistake. @throws UsageError when a script's answer is refused
 */
export const ask = async (): Promise<Answers> => {
  const input = process.stdin;
  const output = process.stderr;
  const reader = createInterface({ input, output, terminal: input.isTTY });
  const lines = reader[Symbol.asyncIterator]();
  let answers = defaultAnswers;
  try {
    for (const question of questions) {
      const next = question(answers);
      if (next === null) continue;
      for (;;) {
        output.write(`${next.asks} [${next.fallback}]: `);
        const line = await lines.next();
        if (!input.isTTY) output.write('\n');
        const said = line.done === true ? '' : line.value.trim();
        const accepted = await accept(next, said === '' ? next.fallback : said, answers);
        if (typeof accepted !== 'string') {
          answers = accepted;
          break;
        }
        if (!input.isTTY) throw new UsageError(`${next.asks.split(/[,?:]/)[0]}: ${accepted}`);
        output.write(`  ${accepted}\n`);
      }
    }
    return answers;
  } finally {
    reader.close();
  }
};
