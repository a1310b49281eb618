import type { HypothesisId } from '../../../src/platform/hypotheses.ts';
import type { OtherPlatform } from '../../setup/otherwise/platform.ts';
import type { Service } from '../../setup/otherwise/service.ts';
import type { Undo } from '../../setup/otherwise/undo.ts';

/** What an operator does wrong, done to a platform of real parts. */
export interface OperatorFault {
  readonly title: string;
  /**
   * For each thing that is broken, what may be said of it, decided from the platform's documents before the first run: the cause,
   * and with it those that look the same from outside. Empty: no hypothesis is right, and none may be named with confidence.
   */
  readonly expects: readonly (readonly HypothesisId[])[];
  /** Said beside it, although it could be told apart: a known weakness. */
  readonly alsoSaid?: readonly HypothesisId[];
  /** Slowness is what it shows, so it is no fault of this machine. */
  readonly aboutSlowness?: true;
  readonly make: (platform: OtherPlatform) => Promise<Undo>;
}

export type OperatorFaults = Readonly<Record<string, OperatorFault>>;

type Services = 'mlflow' | 'redis' | 'auth' | 'pages';
const pick = (of: Services | 'api', platform: OtherPlatform): readonly Service[] =>
  of === 'api' ? platform.api : [platform[of]];

export const stopped =
  (of: Services | 'api'): OperatorFault['make'] =>
  async (platform) => {
    const services = pick(of, platform);
    await Promise.all(services.map((each) => each.stop()));
    return async () => {
      await Promise.all(services.map((each) => each.start()));
    };
  };

export const frozen =
  (of: Services | 'api'): OperatorFault['make'] =>
  async (platform) => {
    const services = pick(of, platform);
    for (const each of services) each.pause();
    return () => {
      for (const each of services) each.resume();
    };
  };

/** The API is deployed with another environment. */
export const deployed =
  (environment: Readonly<Record<string, string>>): OperatorFault['make'] =>
  (platform) =>
    platform.deployApi(environment);
