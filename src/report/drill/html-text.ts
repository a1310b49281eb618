const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes text for HTML elements and attributes. */
export const html = (text: string): string => text.replace(/[&<>"]/g, (found) => escapes[found] ?? found);
