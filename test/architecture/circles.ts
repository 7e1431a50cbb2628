/** Files that import each other in a circle, however they do it: nobody can read one of them first. */
import type { SourceFile } from './source-file';

/** Each circle as the paths of its files, without endings, in the order of their imports. */
export function circles(files: readonly SourceFile[]): string[][] {
  const imports = new Map(
    files.map((file) => [
      file.path.replace(/\.[cm]?[jt]sx?$/, ''),
      file.imports.flatMap(({ path }) => path?.replace(/\.[cm]?js$/, '') ?? []),
    ]),
  );
  const done = new Set<string>();
  const found: string[][] = [];
  const walk = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at >= 0) found.push(way.slice(at));
    if (at >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) walk(path, []);
  return found;
}
