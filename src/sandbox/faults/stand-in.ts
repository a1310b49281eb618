import type { StandIn } from '../mlflow-backend.ts';
import type { Topology } from '../topology.ts';

/** @throws when there is no stand-in. Faults that need it set `needsStandIn` and are refused earlier. */
export const standIn = ({ mlflow }: Topology): StandIn => {
  if (mlflow === null) throw new Error('this fault needs the MLflow stand-in, but a real server is in its place');
  return mlflow;
};
