/** Every regular expression in a file, and whether a text can be made for which it takes too long. */
import { parseSync, Visitor } from 'oxc-parser';
import { checkSync } from 'recheck';
import { analyse } from 'scslre';

export interface FoundRegex {
  source: string;
  flags: string;
}

/** The expressions in a file, and the lines on which one is made of strings, which nobody can check. */
export function regexesIn(path: string, text: string): { found: FoundRegex[]; made: number[] } {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message}`);
  const found: FoundRegex[] = [];
  const made: number[] = [];
  const called = ({ callee, start }: { callee: { type: string }; start: number }) => {
    if (!('name' in callee) || callee.name !== 'RegExp') return;
    made.push(text.slice(0, start).split('\n').length);
  };
  const visitor = new Visitor({
    Literal: (node) => {
      if (!('regex' in node)) return;
      found.push({ source: node.regex.pattern, flags: node.regex.flags });
    },
    NewExpression: called,
    CallExpression: called,
  });
  visitor.visit(program);
  return { found, made };
}

/** For those with many states it would take minutes; the other tool has looked at them by then. */
const RECHECK_MS = 1_000;

/**
 * How long an expression may take at worst, in words; `undefined` where it takes time in proportion
 * to its text. Two tools, as each is blind where the other sees: `scslre` knows what stands before
 * and after a place, `recheck` (its exact way, not the one that guesses) what may come twice.
 */
export function slownessOf({ source, flags }: FoundRegex): string | undefined {
  const { reports } = analyse({ source, flags });
  const [worst] = reports.toSorted((a, b) => Number(b.exponential) - Number(a.exponential));
  if (worst) return worst.exponential ? 'exponential' : 'polynomial';
  const answer = checkSync(source, flags, { checker: 'automaton', timeout: RECHECK_MS });
  return answer.status === 'vulnerable' ? answer.complexity.summary : undefined;
}
