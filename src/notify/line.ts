/**
 * A line of a message. `words` are ours; a `command` is there to be copied; `quoted` is in somebody else's words, a server's
 * above all, so that each form of a message can show it as such.
 */
export interface Line {
  /** What it is about, where the text does not say so itself. */
  readonly label: string | null;
  readonly text: string;
  readonly kind: 'words' | 'command' | 'quoted' | 'link';
}

export const words = (label: string | null, text: string): Line => ({ label, text, kind: 'words' });
export const command = (label: string, text: string): Line => ({ label, text, kind: 'command' });
export const quoted = (label: string, text: string): Line => ({ label, text, kind: 'quoted' });
export const link = (label: string, text: string): Line => ({ label, text, kind: 'link' });

export const asText = ({ label, text }: Line): string => (label === null ? text : `${label}: ${text}`);
