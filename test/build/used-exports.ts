import { parseAst } from 'vitest/node';

/** What a file takes from a module that it imports when it is needed. */
export interface DynamicUse {
  readonly specifier: string;
  /** Names of exports; null: the code does something with the whole of it, or something that is not understood here. */
  readonly names: readonly string[] | null;
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const childrenOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode);

const nameOf = (key: unknown): string | null => {
  if (!isNode(key)) return null;
  if (key.type === 'Identifier') return String(key['name']);
  return key.type === 'Literal' ? String(key['value']) : null;
};

/** What a pattern, or a variable in its scope, takes. */
const takenBy = (pattern: unknown, scope: Node): readonly string[] | null => {
  if (!isNode(pattern)) return [];
  if (pattern.type === 'Identifier') return takenFrom(String(pattern['name']), pattern, scope);
  if (pattern.type !== 'ObjectPattern') return null;
  const names = (pattern['properties'] as readonly Node[]).map(({ type, computed, key }) =>
    type === 'Property' && computed !== true ? nameOf(key) : null,
  );
  return names.includes(null) ? null : (names as readonly string[]);
};

const takenFrom = (variable: string, declared: Node, scope: Node): readonly string[] | null => {
  const names: string[] = [];
  let whole = false;
  const visit = (node: Node): void => {
    if (node.type === 'MemberExpression' && node['computed'] !== true && nameOf(node['object']) === variable) {
      names.push(nameOf(node['property']) ?? '');
      return;
    }
    if (node !== declared && node.type === 'Identifier' && node['name'] === variable) whole = true;
    for (const child of childrenOf(node)) visit(child);
  };
  visit(scope);
  return whole ? null : names;
};

const isFunction = ({ type }: Node): boolean => /Function/.test(type);

/** @param above the nodes that the import stands in, the nearest first. */
const namesFor = (imported: Node, above: readonly Node[]): readonly string[] | null => {
  const scope = above.find((node) => isFunction(node) || node.type === 'Program') ?? imported;
  const [parent, grandparent] = above;
  if (parent?.type === 'ExpressionStatement') return [];
  if (parent?.type === 'AwaitExpression') return namesFor(parent, above.slice(1));
  if (parent?.type === 'VariableDeclarator') return takenBy(parent['id'], scope);
  if (parent?.type === 'MemberExpression' && parent['object'] === imported) {
    const name = parent['computed'] === true ? null : nameOf(parent['property']);
    if (name !== 'then' || grandparent?.type !== 'CallExpression') return name === null ? null : [name];
    const [callback] = grandparent['arguments'] as readonly Node[];
    if (callback === undefined || !isFunction(callback)) return null;
    return takenBy((callback['params'] as readonly Node[])[0], callback);
  }
  // const [{ a }, b] = await Promise.all([import(…), …])
  const [array, call, awaited, declarator] = above;
  if (array?.type !== 'ArrayExpression' || call?.type !== 'CallExpression') return null;
  if (awaited?.type !== 'AwaitExpression' || declarator?.type !== 'VariableDeclarator') return null;
  const place = (array['elements'] as readonly Node[]).indexOf(imported);
  const pattern = declarator['id'];
  if (!isNode(pattern) || pattern.type !== 'ArrayPattern') return null;
  return takenBy((pattern['elements'] as readonly unknown[])[place], scope);
};

/** Every `import(…)` of a module's text. */
export const dynamicUses = (code: string): readonly DynamicUse[] => {
  const uses: DynamicUse[] = [];
  const visit = (node: Node, above: readonly Node[]): void => {
    if (node.type === 'ImportExpression') {
      const specifier = (node['source'] as Node)['value'];
      if (typeof specifier !== 'string') throw new Error('an import() of something that is only known when it runs');
      uses.push({ specifier, names: namesFor(node, above) });
    }
    for (const child of childrenOf(node)) visit(child, [node, ...above]);
  };
  visit(parseAst(code) as unknown as Node, []);
  return uses;
};
