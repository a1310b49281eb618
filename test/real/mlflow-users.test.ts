import { expect, it } from 'vitest';
import { type Meddle, startRegistry, stepTroubles } from '../registration/platform.ts';
import { toUpstream } from '../setup/pass-on.ts';
import { describeWith } from '../setup/real-parts.ts';
import { startTogether } from '../setup/started-together.ts';

const password = 'hk_test_alice_password';
const basic = (user: string, secret: string): string => `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

const serverOf = startTogether([{ title: 'users', parts: ['mlflow'], options: { basicAuth: true } }]);

/** As a gateway that knows the key does: it presents a user of MLflow's own. */
const asUser =
  (url: string, user: string): Meddle =>
  () => ({
    answer: (request, response) => {
      request.headers.authorization = basic(user, password);
      toUpstream(url)(request, response);
    },
  });

describeWith(['mlflow'], 'a real MLflow 3.9.0 with users of its own', () => {
  it('gets a model registered by a user who may only read what others made', async () => {
    const { url } = serverOf('users');
    const made = await fetch(`${url}/api/2.0/mlflow/users/create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: basic('admin', 'hk_test_admin_password') },
      body: JSON.stringify({ username: 'alice', password }),
    });
    expect(made.status).toBe(200);
    const registry = await startRegistry({ mlflow: url });
    const flow = await registry.run(asUser(url, 'alice'), { deadlineMs: 120_000 });
    await registry.close();

    expect(stepTroubles(flow)).toEqual([]);
    expect([flow.status, flow.cleanup.status]).toEqual(['pass', 'pass']);
  });
});
