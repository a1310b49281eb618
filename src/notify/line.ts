/**
 * A line of a message. `words` are ours; a `command` is there to be copied; `quoted` is text from elsewhere, mostly
 * from a server, which each message format can mark as a quote.
 */
export interface Line {
  /** The subject of the line, if the text does not name it. */
  readonly label: string | null;
  readonly text: string;
  readonly kind: 'words' | 'command' | 'quoted' | 'link';
}

export const words = (label: string | null, text: string): Line => ({ label, text, kind: 'words' });
export const command = (label: string, text: string): Line => ({ label, text, kind: 'command' });
export const quoted = (label: string, text: string): Line => ({ label, text, kind: 'quoted' });
export const link = (label: string, text: string): Line => ({ label, text, kind: 'link' });

export const asText = ({ label, text }: Line): string => (label === null ? text : `${label}: ${text}`);
