import type { OutputOf } from './output-of.ts';
import type { awsChange, awsConfirmation, awsFinding } from './report-schema/aws-confirmation.ts';

export type AwsConfirmation = OutputOf<typeof awsConfirmation>;
export type AwsFinding = OutputOf<typeof awsFinding>;
export type AwsChange = OutputOf<typeof awsChange>;
export type AwsVerdict = AwsFinding['verdict'];
