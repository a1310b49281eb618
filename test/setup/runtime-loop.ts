/**
 * Replaces aws-lambda-ric where it cannot be compiled: the runtime API's protocol in plain Node, for the function that
 * _HANDLER names in the folder LAMBDA_TASK_ROOT.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [file = '', name = ''] = (process.env['_HANDLER'] ?? '').split('.');
const api = `http://${process.env['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime`;

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`${api}/${path}`, { method: 'POST', body: JSON.stringify(body ?? null) });

const described = (thrown: unknown) =>
  thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') }
    : { errorType: 'Unknown', errorMessage: String(thrown), trace: [] };

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const load = async (): Promise<Handler> => {
  try {
    const exported: Readonly<Record<string, Handler>> = await import(
      pathToFileURL(resolve(process.env['LAMBDA_TASK_ROOT'] ?? '.', `${file}.mjs`)).href
    );
    const handler = exported[name];
    if (handler === undefined) throw new Error(`${file} exports no ${name}`);
    return handler;
  } catch (thrown) {
    await post('init/error', described(thrown));
    throw thrown;
  }
};

const handler = await load();
for (;;) {
  const next = await fetch(`${api}/invocation/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id') ?? '';
  const deadline = Number(next.headers.get('lambda-runtime-deadline-ms'));
  const context = {
    awsRequestId: id,
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: '$LATEST',
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    invokedFunctionArn: next.headers.get('lambda-runtime-invoked-function-arn'),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    await post(`invocation/${id}/response`, await handler(await next.json(), context));
  } catch (thrown) {
    const error = described(thrown);
    console.error(JSON.stringify(error));
    await post(`invocation/${id}/error`, error);
  }
}
