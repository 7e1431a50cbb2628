/** What one source file says about itself: its length, its imports, and the names it reaches for. */
import { posix } from 'node:path';
import {
  parseSync,
  Visitor,
  type Argument,
  type Expression,
  type PropertyKey,
  type Super,
} from 'oxc-parser';

export interface Import {
  /** As written, without a query such as `?inline`. */
  specifier: string;
  /** From the project's root and without `.ts` or `.tsx`, where the import is of a file of ours. */
  path: string | undefined;
  /** Imported names; `*` for everything at once. */
  names: string[];
}

export interface SourceFile {
  path: string;
  lines: number;
  imports: Import[];
  /** Member chains as `browser.runtime.connect`, plain names, and what is made, as `new Image`. */
  reaches: string[];
  /** The calls of the console, each with the member chains among what is printed. */
  prints: string[][];
  /** What is called with a list spread into its arguments, where nothing says how long that is. */
  spreads: string[];
}

/** Parses one file; `path` from the project's root, with `/`. */
export function sourceFile(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message}`);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const imports: Import[] = [];
  const add = (specifier: string, names: string[]) => {
    const plain = specifier.replace(/\?.*$/, '');
    imports.push({ specifier: plain, path: resolved(path, plain), names });
  };
  for (const { moduleRequest, entries } of module.staticImports) {
    add(
      moduleRequest.value,
      entries.map(({ importName }) => importName.name ?? '*'),
    );
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, importName } of entries) {
      if (moduleRequest) add(moduleRequest.value, [importName.name ?? '*']);
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    add(text.slice(moduleRequest.start + 1, moduleRequest.end - 1), ['*']);
  }
  // `import('./job').Job` as a type.
  const types = new Visitor({ TSImportType: ({ source }) => add(source.value, ['*']) });
  types.visit(program);
  return { path, lines, imports, ...reachesOf(program), spreads: spreadsOf(program) };
}

/** `@/`, `~/`, `@@/` and `~~/` are WXT's names for the root. */
function resolved(from: string, specifier: string): string | undefined {
  const fromRoot = /^(?:@@?|~~?)\/(.*)$/.exec(specifier)?.[1];
  if (fromRoot === undefined && !specifier.startsWith('.')) return undefined;
  const path = fromRoot ?? posix.join(posix.dirname(from), specifier);
  return path.replace(/\.tsx?$/, '');
}

function reachesOf(
  program: Parameters<Visitor['visit']>[0],
): Pick<SourceFile, 'reaches' | 'prints'> {
  const reaches: string[] = [];
  const prints: string[][] = [];
  /** Identifiers that stand for no variable: they name a key, a member or a type. */
  const labels = new WeakSet<object>();
  const labelled = ({ key, computed }: { key: PropertyKey; computed: boolean }) => {
    if (!computed) labels.add(key);
  };
  const visitor = new Visitor({
    // However it is called, passed on or put away.
    Identifier: (node) => {
      if (!labels.has(node)) reaches.push(node.name);
    },
    Property: labelled,
    PropertyDefinition: labelled,
    MethodDefinition: labelled,
    TSPropertySignature: labelled,
    TSMethodSignature: labelled,
    TSTypeQuery: ({ exprName }) => labels.add(exprName),
    MemberExpression: (node) => {
      reaches.push(chain(node));
      if (!node.computed) labels.add(node.property);
    },
    CallExpression: ({ callee, arguments: given }) => {
      const called = chain(callee);
      const [of, name] = given;
      if (called === 'Reflect.get' && name?.type === 'Literal' && of?.type !== 'SpreadElement') {
        reaches.push(`${of ? chain(of) : ''}.${String(name.value)}`);
      }
      if (called.startsWith('console.')) {
        prints.push(given.map((each) => (each.type === 'SpreadElement' ? '()' : chain(each))));
      }
    },
    NewExpression: ({ callee }) => reaches.push(`new ${chain(callee)}`),
    JSXAttribute: ({ name }) => {
      if (name.type === 'JSXIdentifier') reaches.push(name.name);
    },
    // `const { sendMessage } = browser.runtime` reaches for `browser.runtime.sendMessage`.
    VariableDeclarator: ({ id, init }) => {
      if (id.type !== 'ObjectPattern' || !init) return;
      for (const property of id.properties) {
        if (property.type !== 'Property') continue;
        reaches.push(`${chain(init)}.${keyName(property.key) ?? ''}`);
      }
    },
  });
  visitor.visit(program);
  return { reaches, prints };
}

function spreadsOf(program: Parameters<Visitor['visit']>[0]): string[] {
  const spreads: string[] = [];
  const visitor = new Visitor({
    CallExpression: ({ callee, arguments: given }) => {
      if (given.some(isOfAnyLength)) spreads.push(chain(callee));
    },
  });
  visitor.visit(program);
  return spreads;
}

/** A part of a list says how long it is. */
function isOfAnyLength(argument: Argument): boolean {
  if (argument.type !== 'SpreadElement') return false;
  const { argument: list } = argument;
  return !(list.type === 'CallExpression' && /\.(?:subarray|slice)$/.test(chain(list.callee)));
}

/** `a.b.c`, `a['b'].c` and `a?.b.c` alike; `()` for what is not a name. */
function chain(node: Expression | Super): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ChainExpression' || node.type === 'ParenthesizedExpression') {
    return chain(node.expression);
  }
  if (node.type === 'TSAsExpression' || node.type === 'TSNonNullExpression') {
    return chain(node.expression);
  }
  if (node.type !== 'MemberExpression') return '()';
  return `${chain(node.object)}.${keyName(node.property) ?? '()'}`;
}

function keyName(key: PropertyKey): string | undefined {
  if (key.type === 'Identifier' || key.type === 'PrivateIdentifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}
