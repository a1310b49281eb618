import type { Logger } from '@aws-lambda-powertools/logger';
import type { PublishOptions } from '../../metrics/publish.ts';

/**
 * Metrics that CloudWatch did not accept in time go to the log, which CloudWatch reads. Metrics that it accepted but
 * did not confirm in time count twice.
 */
export const toLog =
  (logger: Logger, namespace: string): PublishOptions['onFallback'] =>
  async (refused, reason) => {
    logger.error('CloudWatch did not take the metrics: they follow in this log as EMF', reason);
    const { emfLines } = await import('../../metrics/emf.ts');
    for (const line of emfLines(namespace, refused)) process.stdout.write(`${line}\n`);
  };
