import type { Logger } from '@aws-lambda-powertools/logger';
import type { PublishOptions } from '../../metrics/publish.ts';

/** What CloudWatch does not take in time goes to the log, which it reads. Metrics that it took without saying so in time count twice. */
export const toLog =
  (logger: Logger, namespace: string): PublishOptions['onFallback'] =>
  async (refused, reason) => {
    logger.error('CloudWatch did not take the metrics: they follow in this log as EMF', reason);
    const { emfLines } = await import('../../metrics/emf.ts');
    for (const line of emfLines(namespace, refused)) process.stdout.write(`${line}\n`);
  };
