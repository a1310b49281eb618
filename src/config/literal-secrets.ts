import { type ConfigErrorAt, finding, type Path, type Position } from './config-errors.ts';
import { findRefusedSecrets } from './secret-shapes.ts';

/**
 * Every secret in a configuration: in keys, in values however they are escaped, in comments, and in a text that
 * does not parse (`document` undefined).
 */
export const literalSecrets = (text: string, document: unknown): readonly ConfigErrorAt[] => {
  const seen = new Set<string>();
  const findings: ConfigErrorAt[] = [];
  const look = (candidate: string, path: Path, part: ConfigErrorAt['part']): void => {
    const [first, ...others] = findRefusedSecrets(candidate);
    if (first === undefined) return;
    for (const { start, end } of [first, ...others]) seen.add(candidate.slice(start, end));
    findings.push(finding(path, { code: 'secret-in-document', what: first.what }, part));
  };
  const visit = (value: unknown, path: Path): void => {
    if (typeof value === 'string') look(value, path, 'value');
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      const here = [...path, Array.isArray(value) ? Number(name) : name];
      look(name, here, 'key');
      visit(inner, here);
    }
  };
  visit(document, []);
  const positionOf = positionsIn(text);
  const elsewhere = findRefusedSecrets(text)
    .filter(({ start, end }) => !seen.has(text.slice(start, end)))
    .toSorted((a, b) => a.start - b.start)
    // One secret can have two shapes.
    .filter(({ start }, index, all) => start !== all[index - 1]?.start)
    .map(({ start, what }) => ({
      ...finding([], { code: 'secret-in-document', what }),
      position: positionOf(start),
    }));
  return [...findings, ...elsewhere];
};

/** Line and column of offsets, which must come in ascending order: the text is scanned once. */
const positionsIn = (text: string): ((offset: number) => Position) => {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    for (let end = text.indexOf('\n', lineStart); end >= 0 && end < offset; end = text.indexOf('\n', lineStart)) {
      line++;
      lineStart = end + 1;
    }
    return { line, column: offset - lineStart + 1 };
  };
};
