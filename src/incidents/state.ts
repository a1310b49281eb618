import type { OutputOf } from '../model/output-of.ts';
import { type mark, nothingNormal, type state, type told, type tracked, type waiting } from './state-shape.ts';

export type Mark = OutputOf<typeof mark>;
export type Told = OutputOf<typeof told>;
export type Tracked = OutputOf<typeof tracked>;
export type Waiting = OutputOf<typeof waiting>;
export type State = OutputOf<typeof state>;

export const emptyState = (environment: string): State => ({
  schemaVersion: 1,
  environment,
  lastCycle: null,
  tracked: [],
  past: [],
  blind: { since: null, told: false, marks: [] },
  mutes: [],
  mutesInForce: [],
  version: null,
  outbox: [],
  stories: [],
  judgements: [],
  normals: nothingNormal,
  looks: null,
});

export const isOpen = ({ view }: Tracked): boolean => view.openedAt !== null && view.resolvedAt === null;

export const isPending = ({ view }: Tracked): boolean => view.openedAt === null;

export const isResolved = ({ view }: Tracked): boolean => view.resolvedAt !== null;
