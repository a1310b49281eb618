import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { createResolver } from '../../src/probe/resolve.ts';
import { httpTarget, outcomeWith, testLimits, toolsWith, whileListening } from '../support/probing.ts';

it.each(['localhost', 'LOCALHOST', 'localhost.', 'mlflow.localhost'])(
  '%s is this machine, whatever the name servers say',
  async (host) => {
    const server = createServer((_, response) => response.end('{"status":"healthy"}'));
    const outcome = await whileListening(server, (port) =>
      outcomeWith(
        httpTarget({ url: `http://${host}:${port}/` }),
        toolsWith({ resolver: createResolver(['127.0.0.1:1'], testLimits) }),
      ),
    );

    expect(outcome.status).toBe('pass');
  },
);
