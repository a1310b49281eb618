import type { Measured, ProberSettings, Question, Wave, WaveResult } from './prober.ts';

/** The settings that this process was started with. */
export const proberSettings = (): ProberSettings => JSON.parse(process.argv[2] ?? '') as ProberSettings;

/** Answers the benchmark's requests with the results of `send`. */
export const answerWith = (send: (wave: Wave) => Promise<readonly Measured[]>): void => {
  const measure = async (wave: Wave): Promise<WaveResult> => {
    const before = process.cpuUsage();
    const began = performance.now();
    const measured = await send(wave);
    const windowMs = performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    return { windowMs, cpuMs: (user + system) / 1_000, measured };
  };
  process.on('message', async (question: Question) => {
    process.send?.(question.ask === 'wave' ? await measure(question.wave) : process.resourceUsage().maxRSS / 1_024);
  });
  process.send?.('ready');
};
