import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listen } from '../../src/sandbox/network/sockets.ts';
import { lateMs, type Points } from './points.ts';

type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/x-amz-json-1.0',
  body: JSON.stringify(value),
});

/** What DynamoDB, SNS and CloudWatch hold, as far as the function uses them. */
export class Account {
  item: Item | null = null;
  readonly messages: string[] = [];
  metrics = 0;

  reset(): void {
    this.item = null;
    this.messages.length = 0;
    this.metrics = 0;
  }

  /** Events of incidents that are stored and not sent yet. */
  get waiting(): number {
    const { outbox = [] } = JSON.parse(String(this.item?.['state']?.['S'] ?? '{}')) as { readonly outbox?: unknown[] };
    return outbox.length;
  }

  answer(operation: string, body: Buffer): Answer {
    switch (operation) {
      case 'GetItem':
        return json(200, this.item === null ? {} : { Item: this.item });
      case 'PutItem':
        return this.#put(JSON.parse(body.toString()) as Put);
      case 'Publish':
        this.messages.push(new URLSearchParams(body.toString()).get('Message') ?? '');
        return {
          status: 200,
          type: 'text/xml',
          body: '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>',
        };
      case 'PutMetricData':
        this.metrics += 1;
        return json(200, {});
      default:
        return json(400, { __type: 'UnknownOperationException', message: operation });
    }
  }

  /** The conditions of src/incidents/stores/dynamodb-conditions.ts on the version. */
  #put({ Item, ConditionExpression, ExpressionAttributeValues }: Put): Answer {
    const expected = ExpressionAttributeValues?.[':version'];
    const holds = ConditionExpression.startsWith('attribute_not_exists')
      ? this.item === null
      : JSON.stringify(this.item?.['version']) === JSON.stringify(expected);
    if (!holds) return json(400, { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' });
    this.item = Item;
    return json(200, {});
  }
}

interface Put {
  readonly Item: Item;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues?: Item;
}

const operationOf = ({ headers, url = '' }: IncomingMessage, body: Buffer): string =>
  String(headers['x-amz-target'] ?? '').split('.')[1] ??
  /\/operation\/(\w+)/.exec(url)?.[1] ??
  new URLSearchParams(body.toString()).get('Action') ??
  'unknown';

/** The AWS endpoint of the function. Each call is a point, before and after it took effect. */
export const startAws = async (
  account: Account,
  points: Points,
): Promise<{ readonly port: number; readonly server: Server }> => {
  /** Null: the call ends here. */
  const goesOn = async (event: string, response: ServerResponse): Promise<'once' | 'twice' | null> => {
    const action = points.arrive(`AWS: ${event}`);
    if (action === 'throw') {
      // Before the call took effect the connection breaks, afterwards the service reports an error.
      if (event.endsWith('call')) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain' }).end('internal error');
    }
    if (action === 'late') await new Promise((resolve) => setTimeout(resolve, lateMs));
    if (action === 'throw' || action === 'hang') return null;
    return action === 'twice' ? 'twice' : 'once';
  };
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const operation = operationOf(request, body);
    const times = await goesOn(`${operation} call`, response);
    if (times === null) return;
    let answer = account.answer(operation, body);
    if (times === 'twice') answer = account.answer(operation, body);
    if ((await goesOn(`${operation} answer`, response)) === null) return;
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  };
  const server = createServer((request, response) => void respond(request, response));
  return { port: await listen(server, 0, '127.0.0.1'), server };
};
