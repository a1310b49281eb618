import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParseResult, parseSync } from 'oxc-parser';

/** A regular expression as it is written in the product. */
interface Literal {
  /** `file: /source/flags`. */
  readonly name: string;
  readonly source: string;
  readonly flags: string;
}

interface Found {
  readonly literals: readonly Literal[];
  /** Expressions that are put together as the program runs, which nothing can prove: `file: text`. */
  readonly builtAtRunTime: readonly string[];
}

const root = join(import.meta.dirname, '..', '..', 'src');

/** The embedded platform is a server that only the prober's own requests reach. */
const isOurOwnServer = (file: string): boolean => file.startsWith('sandbox/');

type Node = ParseResult['program'] | Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Every node of a syntax tree. */
function* nodesOf(node: Node): Generator<Readonly<Record<string, unknown>>> {
  const record = node as Readonly<Record<string, unknown>>;
  yield record;
  for (const value of Object.values(record))
    for (const inner of Array.isArray(value) ? value : [value]) if (isNode(inner)) yield* nodesOf(inner);
}

const nameIn = (value: unknown): unknown => (isNode(value) ? value['name'] : undefined);

/** All regular expressions of the product, in order. */
export const findPatterns = (): Found => {
  const literals: Literal[] = [];
  const builtAtRunTime: string[] = [];
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  for (const file of files.filter((name) => !isOurOwnServer(name)).sort()) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const node of nodesOf(parseSync(file, text).program)) {
      const regex = node['regex'];
      if (node['type'] === 'Literal' && isNode(regex)) {
        const source = String(regex['pattern']);
        const flags = String(regex['flags']);
        literals.push({ name: `${file}: /${source}/${flags}`, source, flags });
      }
      if (
        (node['type'] === 'NewExpression' || node['type'] === 'CallExpression') &&
        nameIn(node['callee']) === 'RegExp'
      )
        builtAtRunTime.push(`${file}: ${text.slice(Number(node['start']), Number(node['end']))}`);
    }
  }
  return { literals, builtAtRunTime };
};
