import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { OpenConnection } from '../../../../entrypoints/background/connections/open-connection';
import { AppError } from '../../../../utils/core/errors';
import type { PageContext } from '../../../../utils/core/prompts/page-context';
import type { VisionRequest } from '../../../../utils/core/vision/provider';
import {
  image,
  imagesOf,
  preset,
  refuses,
  request,
  setUp,
  words,
} from '../../../fixtures/job-runner';
import { answerAt } from '../../../fixtures/jobs';

beforeEach(() => fakeBrowser.reset());

const rolesOf = ({ messages }: VisionRequest) => messages.map(({ role }) => role);
const lastOf = ({ messages }: VisionRequest) => messages.at(-1);

describe('a question after an answer', () => {
  it('is asked with the image and all that was said', async () => {
    const { runner, settled, asked, store } = setUp([() => words('A dog.'), () => words('A pug.')]);
    const { job } = runner.start(request);
    await settled(job.id, 'done');
    await runner.ask(job.id, 'What breed?');
    await settled(job.id, 'done');
    expect(asked[1] && rolesOf(asked[1])).toEqual(['user', 'assistant', 'user']);
    expect(asked[1]?.messages[1]).toEqual({ role: 'assistant', text: 'A dog.' });
    expect(asked[1] && lastOf(asked[1])).toEqual({
      role: 'user',
      parts: [{ type: 'text', text: 'What breed?' }],
    });
    expect(asked.map(imagesOf)).toEqual([[image.srcUrl], [image.srcUrl]]);
    expect(store.get(job.id)?.turns).toMatchObject([
      { answers: [{ state: { text: 'A dog.' } }] },
      { question: 'What breed?', answers: [{ state: { text: 'A pug.' } }] },
    ]);
  });

  it('is refused, not dropped, while another surface’s is being answered', async () => {
    const { runner, settled, asked } = setUp([() => words('A dog.'), () => words('A pug.')]);
    const { job } = runner.start(request);
    await settled(job.id, 'done');
    const first = runner.ask(job.id, 'What breed?');
    await expect(runner.ask(job.id, 'How old?')).rejects.toMatchObject({ code: 'stillAnswering' });
    await first;
    await settled(job.id, 'done');
    expect(asked).toHaveLength(2);
  });

  it('is not spoiled by an image that the server refused in the turn before', async () => {
    const { runner, settled, asked } = setUp([
      () => words('A dog.'),
      () => refuses(new AppError('imageRefused', { status: 400 })),
      () => words('Three years.'),
      () => words('Four years.'),
    ]);
    const { job } = runner.start(request);
    await settled(job.id, 'done');
    await runner.ask(job.id, 'What breed?');
    await settled(job.id, 'failed');
    await runner.ask(job.id, 'How old?');
    await settled(job.id, 'done');
    const third = asked[2];
    expect(third && imagesOf(third)).toEqual([]);
    expect(JSON.stringify(third)).toContain('the server refused it before');
    expect(JSON.stringify(third)).not.toContain('What breed?');
    await runner.retry(job.id, {});
    await vi.waitFor(() => expect(asked).toHaveLength(4));
    expect(asked[3] && imagesOf(asked[3])).toEqual([image.srcUrl]);
  });

  it('that fails can be tried again, and the turns before stay', async () => {
    const { runner, settled, asked, store } = setUp([
      () => words('A dog.'),
      () => refuses(new AppError('keyRefused')),
      () => words('A pug.'),
    ]);
    const { job } = runner.start(request);
    await settled(job.id, 'done');
    await runner.ask(job.id, 'What breed?');
    await settled(job.id, 'failed');
    await runner.retry(job.id, {});
    await settled(job.id, 'done');
    expect(asked[2]).toEqual(asked[1]);
    expect(store.get(job.id)?.turns).toHaveLength(2);
  });
});

describe('a job that waits for its question', () => {
  it('sends nothing until it is asked, and then the question with the image', async () => {
    const { runner, settled, asked } = setUp([() => words('A pug.')]);
    const { job, stored } = runner.start({ ...request, waits: true });
    await stored;
    await runner.recover();
    await runner.retry(job.id, {});
    await runner.resumeWaiting();
    expect(asked).toEqual([]);
    await runner.ask(job.id, 'What breed?');
    await settled(job.id, 'done');
    expect(asked[0]?.messages).toEqual([
      {
        role: 'user',
        parts: [
          { type: 'text', text: 'What breed?' },
          { type: 'image', url: image.srcUrl },
        ],
      },
    ]);
  });

  it('about several images sends them all, numbered', async () => {
    const { runner, settled, asked, options } = setUp([() => words('The first.')]);
    vi.spyOn(options.images, 'asBefore').mockImplementation(({ keepAs }) =>
      Promise.resolve({ url: `data:${keepAs}`, sent: { route: 'upload' } }),
    );
    const images = [
      { id: 'a', title: 'A' },
      { id: 'b', title: 'B' },
    ];
    const { job } = runner.start({ ...request, waits: true, images });
    await runner.ask(job.id, 'Which shows a more active dog?');
    expect(await settled(job.id, 'done')).toMatchObject({ sent: { route: 'upload', count: 2 } });
    expect(asked[0]?.messages[0]).toMatchObject({
      parts: [
        { text: 'Which shows a more active dog?' },
        { text: 'Image 1:' },
        { url: 'data:a' },
        { text: 'Image 2:' },
        { url: 'data:b' },
      ],
    });
  });
});

describe('a second opinion', () => {
  it('asks the same of another model, beside the first answer', async () => {
    const { runner, settled, asked, store } = setUp([() => words('A dog.'), () => words('A cat.')]);
    const { job } = runner.start(request);
    await settled(job.id, 'done');
    await runner.opinion(job.id, { connectionId: 'c1', model: 'other' });
    const answers = () => store.get(job.id)?.turns[0].answers;
    await vi.waitFor(() => expect(answers()?.[1]?.state.status).toBe('done'));
    expect(asked[1]).toEqual(asked[0]);
    expect(answers()).toMatchObject([
      { state: { text: 'A dog.' } },
      { using: { connectionId: 'c1', model: 'other' }, state: { text: 'A cat.' } },
    ]);
  });
});

it('asks with what the preset says: model, detail, thinking, room', async () => {
  const choices: unknown[] = [];
  const { options } = setUp([]);
  const { runner, settled, asked } = setUp([() => words('A dog.')], {
    connections: {
      ...options.connections,
      async choose(choice) {
        choices.push(choice);
        const open = (await options.connections.choose({})) as OpenConnection;
        const provider = { ...open.provider, describe: describeWith };
        return { provider, connection: { ...open.connection, model: 'gpt-6-sol' } };
      },
    },
  });
  function describeWith(vision: VisionRequest) {
    asked.push(vision);
    return words('A dog.');
  }
  const own = { connectionId: 'c2', model: 'gpt-6-sol', maxTokens: 900 };
  const look = { detail: 'low', effort: 'high' } as const;
  const { job } = runner.start({ ...request, preset: { ...preset, ...own, ...look } });
  await settled(job.id, 'done');
  expect(choices).toEqual([expect.objectContaining({ connectionId: 'c2', model: 'gpt-6-sol' })]);
  expect(asked[0]).toMatchObject({ model: 'gpt-6-sol', maxTokens: 900, ...look });
});

it('keeps what the page said with the job, and says which of its words went', async () => {
  const context: PageContext = {
    texts: { caption: 'A pug at Crufts', heading: 'Dogs' },
    purpose: { kind: 'informative', reason: 'captioned' },
  };
  const { runner, settled, store, asked } = setUp([() => words('A pug.')], {
    contexts: { of: () => Promise.resolve(context) },
  });
  const { job } = runner.start({ ...request, preset: { ...preset, context: ['caption'] } });
  expect(await settled(job.id, 'done')).toMatchObject({
    sent: { texts: { caption: 'A pug at Crufts' } },
  });
  expect(store.get(job.id)?.turns).toMatchObject([{ pageContext: context }]);
  expect(JSON.stringify(asked)).not.toContain('Dogs');
});

it('keeps the person’s own words, and gives the model’s back', async () => {
  const { runner, settled, store } = setUp([() => words('A dog.')]);
  const { job } = runner.start(request);
  await settled(job.id, 'done');
  await runner.edit(job.id, 'My dog.');
  expect(answerAt(store, job.id)).toMatchObject({ edited: 'My dog.', state: { text: 'A dog.' } });
  await runner.edit(job.id, undefined);
  expect(answerAt(store, job.id)).not.toHaveProperty('edited');
});
