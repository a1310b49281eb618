import { describe, expect, it } from 'vitest';
import { TimeUp, within } from '../../src/model/within.ts';

const never = <T>(): Promise<T> => Promise.withResolvers<T>().promise;
const failing = 'DynamoDB did not answer';

describe('work within a time limit', () => {
  it('returns and fails as usual', async () => {
    expect(await within({ failing, ms: 60_000 }, async () => 'done')).toBe('done');
    await expect(within({ failing, ms: 60_000 }, () => Promise.reject(new Error('refused')))).rejects.toThrow(
      'refused',
    );
    await expect(
      within({ failing, ms: 60_000 }, () => {
        throw new Error('refused at once');
      }),
    ).rejects.toThrow('refused at once');
  });

  it('is stopped at the limit, even if it ignores its signal', async () => {
    const cut = within({ failing, ms: 30 }, never);
    await expect(cut).rejects.toThrow(new TimeUp('DynamoDB did not answer within 0.03 s'));
  });

  it('learns of the limit from its signal, and may report more precisely what hung', async () => {
    const cut = within({ failing: 'the incidents were not stored', ms: 30 }, (signal) =>
      within({ failing, ms: 60_000, signal }, never),
    );
    await expect(cut).rejects.toThrow('DynamoDB did not answer in time');
  });

  it('is reported as too slow when it only reports that it was stopped', async () => {
    const cut = within({ failing, ms: 30 }, async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw Object.assign(new Error('Request aborted'), { name: 'AbortError' });
    });
    await expect(cut).rejects.toThrow('DynamoDB did not answer within 0.03 s');
  });

  it("stops earlier on the outer signal, with that signal's reason", async () => {
    const stop = new AbortController();
    const cut = within({ failing, ms: 60_000, signal: stop.signal, ended: 'the cycle was over' }, never);
    stop.abort();
    await expect(cut).rejects.toThrow('the cycle was over');
    await expect(within({ failing, ms: 60_000, signal: stop.signal }, never)).rejects.toThrow(TimeUp);
  });

  it('does not start when no time is left', async () => {
    let begun = false;
    const work = async (): Promise<void> => {
      begun = true;
    };
    await expect(within({ failing, ms: 0 }, work)).rejects.toThrow('DynamoDB did not answer: no time was left for it');
    expect(begun).toBe(false);
  });

  it('can have a limit longer than a timer', async () => {
    const work = Promise.withResolvers<string>();
    const cut = within({ failing, ms: Number.POSITIVE_INFINITY }, () => work.promise);
    setTimeout(() => work.resolve('done'), 20);
    expect(await cut).toBe('done');
  });
});
