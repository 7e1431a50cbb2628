/** Parts of a script that are loaded when they are first used. */

/** Functions that can be loaded later: whoever calls one waits in any case. */
type Waited<T> = { [Name in keyof T]: (...args: never[]) => Promise<unknown> };

/** The same function, which works once and remembers what came of it; again where it failed. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return async () => {
    loading ??= load();
    try {
      return await loading;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
}

/**
 * Stands for an object of functions, which is loaded once, when the first of them is called. It
 * knows nothing of the object but what its type says: a name that the object lacks is found out by
 * the call.
 *
 * @param load gives the object; called again where it failed.
 */
export function loadedLater<T extends Waited<T>>(load: () => Promise<T>): T {
  const loaded = once(load);
  return new Proxy({} as T, {
    get:
      (_, name) =>
      async (...args: never[]) => {
        const object = await loaded();
        return await object[name as keyof T](...args);
      },
  });
}
