/** Work that must not overlap: one piece begins when the one before it has ended, well or not. */

/** A queue of its own. Each piece of work gives its result, or fails, to the one who asked for it. */
export function createInTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}
