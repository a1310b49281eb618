import { SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';

/** Loaded only when there is something to send. */
export const createSnsClient = (config: SNSClientConfig): SNSClient => new SNSClient(config);
