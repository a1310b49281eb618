import type { StandIn } from '../mlflow-backend.ts';
import type { Topology } from '../topology.ts';

/** @throws when there is none: a fault that needs it says so (`needsStandIn`), and is refused before it comes here. */
export const standIn = ({ mlflow }: Topology): StandIn => {
  if (mlflow === null) throw new Error('this fault reaches into MLflow, and a real server was put in its place');
  return mlflow;
};
