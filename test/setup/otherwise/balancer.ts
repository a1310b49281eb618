import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { confOf, type Place, type Plan, readySocket } from './balancer-conf.ts';
import { service } from './service.ts';
import type { Undo } from './undo.ts';

/** nginx in place of a load balancer. */
export interface Balancer extends Place {
  /** The initial plan. */
  readonly plan: Plan;
  change(changes: Partial<Plan>): Promise<Undo>;
  close(): Promise<void>;
}

export const startBalancer = async (nginx: string, folder: string, place: Place, plan: Plan): Promise<Balancer> => {
  await mkdir(folder);
  const file = join(folder, 'nginx.conf');
  const ready = { path: join(folder, readySocket) };
  const running = service({ folder, ready, command: { command: [nginx, '-p', folder, '-c', file, '-e', 'stderr'] } });
  let current = plan;
  const serve = async (served: Plan): Promise<void> => {
    current = served;
    await running.stop();
    await rm(ready.path, { force: true });
    await writeFile(file, confOf(served, place));
    await running.start();
  };
  await serve(plan);
  return {
    ...place,
    plan,
    change: async (changes) => {
      const before = current;
      await serve({ ...before, ...changes });
      return () => serve(before);
    },
    close: running.stop,
  };
};
