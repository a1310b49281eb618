import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface CodeDeployServer {
  readonly endpoint: string;
  /** Calls in order. */
  readonly calls: readonly { readonly operation: string; readonly input: unknown }[];
  close(): Promise<void>;
}

export interface CodeDeployBehaviour {
  /** The creation time of each deployment. */
  readonly createdAt: Date;
  /** The error for a status call; null: the call succeeds. */
  readonly refusal: string | null;
}

/**
 * The two CodeDeploy calls that the hook makes, over the wire (AWS JSON 1.1, API version 2014-10-06). moto does not
 * support a hook's status.
 */
export const startCodeDeploy = async ({ createdAt, refusal }: CodeDeployBehaviour): Promise<CodeDeployServer> => {
  const calls: { readonly operation: string; readonly input: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const [api, operation = ''] = String(request.headers['x-amz-target']).split('.');
    const input = (await json(request)) as Readonly<Record<string, unknown>>;
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    };
    if (api !== 'CodeDeploy_20141006' || request.headers['content-type'] !== 'application/x-amz-json-1.1')
      return answer(400, { __type: 'UnknownOperationException' });
    calls.push({ operation, input });
    if (operation === 'GetDeployment') {
      const deploymentId = input['deploymentId'];
      return answer(200, { deploymentInfo: { deploymentId, createTime: createdAt.getTime() / 1_000 } });
    }
    if (refusal !== null) return answer(400, { __type: refusal, message: 'as the test wants it' });
    answer(200, { lifecycleEventHookExecutionId: input['lifecycleEventHookExecutionId'] });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
