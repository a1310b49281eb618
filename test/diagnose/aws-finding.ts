import type { AwsFinding, AwsVerdict } from '../../src/model/aws-confirmation.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';

export const finding = (hypothesis: HypothesisId, verdict: AwsVerdict, fault = 0): AwsFinding => ({
  hypothesis,
  fault,
  verdict,
  line: 'made up',
  source: 'ecs:DescribeServices',
});
