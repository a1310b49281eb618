import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Moto } from './moto-server.ts';

export interface Mail {
  readonly Subject: string;
  readonly Message: string;
}

/** The AWS resources that a monitor needs, created in moto. */
export interface AwsAccount {
  createTable(name: string): Promise<void>;
  /** @returns its ARN, and what arrived since the last call */
  createTopic(name: string): Promise<{ readonly arn: string; readonly received: () => Promise<readonly Mail[]> }>;
  createSecret(name: string, text: string): Promise<void>;
  createParameter(name: string, text: string): Promise<void>;
}

export const accountIn = ({ endpoint }: Moto): AwsAccount => {
  const config = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } };
  const sqs = new SQSClient(config);
  const sns = new SNSClient(config);
  return {
    createTable: async (name) => {
      await new DynamoDBClient(config).send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'environment', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'environment', AttributeType: 'S' }],
        }),
      );
    },
    createTopic: async (name) => {
      const { TopicArn: arn = '' } = await sns.send(new CreateTopicCommand({ Name: name }));
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
      const Endpoint = `arn:aws:sqs:us-east-1:123456789012:${name}`;
      await sns.send(new SubscribeCommand({ TopicArn: arn, Protocol: 'sqs', Endpoint }));
      return {
        arn,
        received: async () => {
          const asked = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
          return (asked.Messages ?? []).map(({ Body = '{}' }) => JSON.parse(Body) as Mail);
        },
      };
    },
    createSecret: async (name, text) => {
      await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: name, SecretString: text }));
    },
    createParameter: async (name, text) => {
      await new SSMClient(config).send(new PutParameterCommand({ Name: name, Value: text, Type: 'SecureString' }));
    },
  };
};
