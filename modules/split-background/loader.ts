/** The first file of a split script: all that runs at once, and how the second file is loaded. */

interface Script {
  /** The part that runs. */
  entry: string;
  /** The code of all parts of the first file; each puts itself into `descryParts`. */
  parts: readonly string[];
  /** The second file, where there is one. */
  later?: string;
}

/**
 * The code of the first file.
 *
 * After it was installed, a service worker may import only what it has imported by then, so the
 * second file is imported at the installation, too. It only puts its part into `descryParts`, where
 * nothing of it runs. Firefox's background is a page, which imports it as a module.
 */
export function loader({ entry, parts, later }: Script): string {
  const file = JSON.stringify(later);
  const loadLater = later
    ? `const loadLater = async () => {
  if (!(${file} in descryParts)) {
    if (globalThis.importScripts) importScripts(${file});
    else await import(${JSON.stringify(`/${later}`)});
  }
  return require(${file});
};
if (globalThis.importScripts) addEventListener("install", () => importScripts(${file}));`
    : 'const loadLater = undefined;';
  return `(() => {
const descryParts = (globalThis.descryParts = {});
const made = {};
const require = (file) => {
  if (!(file in made)) {
    made[file] = { exports: {} };
    descryParts[file](require, loadLater, made[file], made[file].exports);
  }
  return made[file].exports;
};
${loadLater}
${parts.join('')}require(${JSON.stringify(entry)});
})();
`;
}
