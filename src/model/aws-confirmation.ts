import type { OutputOf } from './output-of.ts';
import type { awsConfirmation, awsFinding } from './report-schema/aws-confirmation.ts';

export type AwsConfirmation = OutputOf<typeof awsConfirmation>;
export type AwsFinding = OutputOf<typeof awsFinding>;
export type AwsVerdict = AwsFinding['verdict'];
