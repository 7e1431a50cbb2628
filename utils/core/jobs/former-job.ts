/**
 * Jobs as Descry stored and exported them before a job had turns, read into what they are now. Then a
 * job was flat: its present question stood beside a list of the earlier ones, a second opinion was a
 * job of its own that pointed back (`opinionOf`), and some things went by other names.
 */

/** Whether a value has the form of a job from before. Nothing else of it is checked. */
export function isFormerJob(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && 'state' in value && !('turns' in value);
}

/** The id of the job that a former job is a second opinion on. */
export function formerOpinionOf(job: Record<string, unknown>): string | undefined {
  return typeof job.opinionOf === 'string' ? job.opinionOf : undefined;
}

/** The value that `jobSchema` may take: what was not right in a former job is not right in it. */
export function fromFormerJob(former: Record<string, unknown>): Record<string, unknown> {
  const { state, question, earlier = [], opinionOf: _opinion, image, context, ...rest } = former;
  const { compared, role, edited, altPut, goesOn, withoutImage, using, maxTokens, ...more } = rest;
  const { contentKey, pictureHash, ...job } = more;
  const before: unknown[] = Array.isArray(earlier) ? earlier : [earlier];
  const turns = [...before, { question, state }];
  return {
    ...job,
    image: renamed(image, { pictureId: 'imageId' }),
    ...present({ images: compared, purpose: role }),
    turns: turns.map((turn, at) => {
      const asked = isRecord(turn) ? turn : {};
      const first = at === 0 ? { contentKey, imageHash: pictureHash } : {};
      const isLast = at === turns.length - 1;
      const last = isLast ? { using, withoutImage, resumes: goesOn, edited, altSet: altPut } : {};
      const answer = { id: String(at + 1), maxTokens, ...first, ...last };
      return present({
        question: asked.question,
        pageContext: at === 0 ? contextFrom(context) : undefined,
        answers: [present({ ...answer, state: stateFrom(asked.state) })],
      });
    }),
  };
}

const ROUTES: Readonly<Record<string, string>> = { screen: 'screenshot', given: 'upload' };

/** A route by its present name. */
export function routeFrom(route: unknown): unknown {
  return typeof route === 'string' ? (ROUTES[route] ?? route) : route;
}

const ERROR_CODES: Readonly<Record<string, string>> = {
  altNotTaken: 'altUnsupported',
  promptNotTaken: 'promptUnsupported',
};

/** An error code by its present name. */
export function errorCodeFrom(code: unknown): unknown {
  return typeof code === 'string' ? (ERROR_CODES[code] ?? code) : code;
}

function stateFrom(state: unknown): unknown {
  if (!isRecord(state)) return state;
  const { sent, failure } = state;
  return {
    ...state,
    ...(isRecord(sent) ? { sent: { ...sent, route: routeFrom(sent.route) } } : {}),
    ...(isRecord(failure) ? { failure: { ...failure, code: errorCodeFrom(failure.code) } } : {}),
  };
}

function contextFrom(context: unknown): unknown {
  if (!isRecord(context) || !isRecord(context.purpose)) return context;
  return { ...context, purpose: renamed(context.purpose, { role: 'kind' }) };
}

function renamed(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [names[name] ?? name, each]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
