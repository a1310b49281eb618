const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it is written into a page, in elements and in attributes. */
export const html = (text: string): string => text.replace(/[&<>"]/g, (found) => escapes[found] ?? found);
