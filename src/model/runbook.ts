import type { OutputOf } from './output-of.ts';
import type { confirmation } from './report-schema/diagnosis.ts';

export type Confirmation = OutputOf<typeof confirmation>;

/** The text about a hypothesis. The engine needs none of it, so a bundle without these texts stays small. */
export interface Runbook {
  /** One sentence: what is wrong. */
  readonly title: string;
  /** The same in at most 30 ASCII characters, for mail subjects and lines that name several. */
  readonly headline: string;
  /** The incident documents that it comes from. */
  readonly documents: readonly string[];
  readonly confirm: readonly [Confirmation, ...Confirmation[]];
  readonly remedy: string;
  /** For a whole service: the words when only some requests fail. The title has no full stop. */
  readonly part?: Pick<Runbook, 'title' | 'headline'>;
  /** For a certificate that is valid and expires soon. */
  readonly soon?: Pick<Runbook, 'confirm' | 'remedy'>;
  /** If only what the application says is wrong, and every task answers. */
  readonly reported?: Omit<Runbook, 'documents' | 'part' | 'soon' | 'reported'>;
}
