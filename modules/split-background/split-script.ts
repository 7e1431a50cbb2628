/** Builds a script as two files: what it runs at once, and what it loads later by `import()`. */
import type { Plugin } from 'vite';
import { loader } from './loader';

/** `import()` and `import` of another file, as they come out of the bundler. */
const LATER = /Promise\.resolve\(\)\.then\(\(\) => require\("\.\/([^"]+)"\)\)/g;
const AT_ONCE = /\brequire\("\.\/([^"]+)"\)/g;

/** The plugin for the build of a script of this name, in the form of CommonJS. */
export function splitScript(name: string): Plugin {
  const laterFile = `${name}-later.js`;
  const atOnce = new Set<string>();
  return {
    name: 'descry:split-script',
    config: () => ({
      build: {
        rolldownOptions: {
          output: {
            chunkFileNames: `${name}-[name].js`,
            codeSplitting: {
              groups: [
                { name: 'at-once', test: (id) => atOnce.has(id) },
                // One file: each costs a worker some milliseconds, however small it is.
                { name: 'later', test: (id) => !atOnce.has(id) },
              ],
            },
          },
        },
      },
    }),
    buildEnd() {
      const waiting = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry);
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        if (atOnce.has(id)) continue;
        atOnce.add(id);
        waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
      }
    },
    renderChunk(code, { fileName }) {
      const body = code
        .replaceAll(LATER, (_all, file: string) => {
          if (file !== laterFile) this.error(`${file} is a third file`);
          return 'loadLater()';
        })
        .replaceAll(AT_ONCE, 'require("$1")');
      const file = JSON.stringify(fileName);
      return `descryParts[${file}] = (require, loadLater, module, exports) => {\n"use strict";\n${body}\n};\n`;
    },
    generateBundle: {
      // After Vite has listed the packages in each file.
      order: 'post',
      handler(_, bundle) {
        const files = Object.values(bundle).flatMap((each) =>
          each.type === 'chunk' ? [each] : [],
        );
        const entry = files.find(({ isEntry }) => isEntry);
        if (!entry) return this.error(`${name} has no entry`);
        const parts = files.filter(({ fileName }) => fileName !== laterFile);
        for (const { fileName } of parts) if (fileName !== entry.fileName) delete bundle[fileName];
        const hasLater = files.length > parts.length;
        entry.code = loader({
          entry: entry.fileName,
          parts: parts.map(({ code }) => code),
          ...(hasLater ? { later: laterFile } : {}),
        });
      },
    },
  };
}
