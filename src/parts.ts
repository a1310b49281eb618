import { registrationHost, stepTarget } from './platform/registration.ts';
import type { Outcome, Report } from './platform/report.ts';

/** What the verdict on a cycle is made of: targets, steps of the flow, its clean-up. */
export const partsOf = ({
  outcomes,
  registration,
}: Pick<Report, 'outcomes' | 'registration'>): readonly Pick<Outcome, 'target' | 'status' | 'known'>[] => [
  ...outcomes,
  ...(registration === null
    ? []
    : [
        ...registration.steps.map(({ id, status, known }) => ({ target: stepTarget(id), status, known })),
        { target: `${registrationHost}.clean-up`, status: registration.cleanup.status, known: false },
      ]),
];
