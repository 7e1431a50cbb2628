// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JobSent } from '../../../components/job/job-sent';
import { estimateTokens } from '../../../utils/core/image/tokens';
import type { Route, Sent } from '../../../utils/core/jobs/answer-state';
import type { Job } from '../../../utils/core/jobs/job';
import { imageRuleFor } from '../../../utils/core/vision/image-rules';
import { expectAccessible } from '../../fixtures/axe';
import { DONE, JOBS } from '../../fixtures/job-states';
import type { FakeAnswers } from '../../fixtures/background';
import { fakeJobPort } from '../../fixtures/job-port';
import { jobIn, RUNNING, SENT, SENT_BYTES } from '../../fixtures/jobs';
import { stateOf } from '../../../utils/core/jobs/turns';

const SRC = `data:image/jpeg;base64,${btoa('pixels')}`;

const scrollIntoView = vi.fn<Element['scrollIntoView']>();

beforeEach(() => {
  Element.prototype.scrollIntoView = scrollIntoView;
  vi.stubGlobal('createImageBitmap', () =>
    Promise.resolve({ width: 941, height: 768, close() {} }),
  );
  const context: Partial<CanvasRenderingContext2D> = { drawImage() {} };
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(
    context as CanvasRenderingContext2D,
  );
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

const running = (sent: Sent) => jobIn({ ...RUNNING, sent });

type LoadImage = NonNullable<FakeAnswers['job.image']>;
const loading = () => vi.fn<LoadImage>().mockResolvedValue(SRC);
const portWith = (loadImage: LoadImage) => fakeJobPort({ 'job.image': loadImage });

/** The rows of the list, by name. */
function factsOf(job: Job): Record<string, string> {
  const { container } = render(<JobSent job={job} port={fakeJobPort()} />);
  const text = (element: Element | null) => element?.textContent.replaceAll('\u00A0', ' ') ?? '';
  return Object.fromEntries(
    [...container.querySelectorAll('dl > div')].map((row) => [
      text(row.querySelector('dt')),
      text(row.querySelector('dd')),
    ]),
  );
}

async function open(): Promise<void> {
  const summary = screen.getByText('What was sent');
  fireEvent.click(summary);
  await waitFor(() => expect(scrollIntoView).toHaveBeenCalled());
}

describe('JobSent', () => {
  it.each(Object.entries(JOBS))('is accessible, open: %s', async (_, job) => {
    const { container } = render(<JobSent job={job} port={portWith(loading())} />);
    const details = container.querySelector('details');
    expect(details !== null).toBe('sent' in stateOf(job));
    if (details) await open();
    await expectAccessible(container);
  });

  it.each<[Route, string]>([
    ['url', 'As a link; the server downloads it'],
    ['page', 'Original file, read from the page'],
    ['background', 'Downloaded by Descry with your cookies'],
    ['screenshot', 'Screenshot'],
    ['upload', 'An image you added'],
  ])('says the route in words: %s', (route, words) => {
    expect(factsOf(running({ ...SENT_BYTES, route }))['Method']).toBe(words);
  });

  it('says what became of the image', () => {
    expect(factsOf(running(SENT_BYTES))).toMatchObject({
      Server: 'localhost:11434',
      Format: 'AVIF → JPEG',
      Dimensions: '2725 × 2225 → 941 × 768',
      'File size': '1.3 MB → 210 kB',
    });
  });

  it('says once what stayed as it was', () => {
    const { mimeType, width, height, byteLength } = SENT_BYTES;
    const same = { ...SENT_BYTES, original: { mimeType, width, height, byteLength } };
    expect(factsOf(running(same))).toMatchObject({
      Format: 'JPEG',
      Dimensions: '941 × 768',
      'File size': '210 kB',
    });
  });

  it('knows of an address what its page knows', () => {
    const { image } = running(SENT);
    const size = { width: 640, height: 480 };
    const facts = factsOf(jobIn({ ...RUNNING, sent: SENT }, { image: { ...image, size } }));
    expect(Object.keys(facts)).not.toContain('Format');
    expect(Object.keys(facts)).not.toContain('File size');
    expect(facts['Dimensions']).toBe('640 × 480');
    expect(facts['Estimated']).toMatch(/^about /);
  });

  it('does not take the size on the page for the size of bytes', () => {
    const { image } = running(SENT);
    const sent = { route: 'page', host: 'localhost:1234', model: 'gpt-4o' } as const;
    const job = jobIn(
      { ...RUNNING, sent },
      { image: { ...image, size: { width: 640, height: 480 } } },
    );
    expect(Object.keys(factsOf(job))).toEqual(['Method', 'Server']);
  });

  it('estimates beforehand, in words that say so', () => {
    const facts = factsOf(running({ ...SENT_BYTES, model: 'gpt-4o' }));
    expect(facts['Estimated']).toMatch(/^about 765 tokens for the image/);
    expect(Object.keys(facts)).not.toContain('Reported by the server');
  });

  it('estimates the cost where it knows the price', () => {
    const size = { width: SENT_BYTES.width, height: SENT_BYTES.height };
    const price = 0.1;
    const tokens = estimateTokens(size, imageRuleFor(SENT.model)) ?? Number.NaN;
    const [, cost] =
      /^about [\d,]+ tokens for the image, about \$(.*) from list prices$/.exec(
        factsOf(running({ ...SENT_BYTES, model: SENT.model, inputPrice: price }))['Estimated'] ??
          '',
      ) ?? [];
    // Two digits of it are said.
    expect(Number(cost) / ((tokens * price) / 1_000_000)).toBeCloseTo(1, 1);
  });

  it('estimates nothing for a model it does not know', () => {
    const facts = factsOf(running({ ...SENT_BYTES, model: 'a-model-of-my-own' }));
    expect(Object.keys(facts)).not.toContain('Estimated');
  });

  it('says what the server counted, beside the estimate', () => {
    const usage = { inputTokens: 1_812, outputTokens: 46, cost: 0.000_31 };
    const facts = factsOf(jobIn({ ...DONE, sent: { ...SENT_BYTES, model: 'gpt-4o' }, usage }));
    expect(facts['Reported by the server']).toBe('1,812 tokens in, 46 out, $0.00031');
    expect(facts['Estimated']).toMatch(/^about /);
  });

  it('says when only a frame or a part was sent', () => {
    const { original } = SENT_BYTES;
    const sent = { ...SENT_BYTES, original: { ...original, animated: true }, partial: true };
    render(<JobSent job={running(sent)} port={fakeJobPort()} />);
    expect(screen.getByText(/^Animated image: only the first frame/)).toBeTruthy();
    expect(screen.getByText(/^Only the part visible in the window/)).toBeTruthy();
    cleanup();
    render(<JobSent job={running(SENT_BYTES)} port={fakeJobPort()} />);
    expect(screen.queryByText(/^Only the part|first frame/)).toBeNull();
  });
});

describe('the image in it', () => {
  it('is asked for only once it is opened', async () => {
    const loadImage = loading();
    const { container, rerender } = render(
      <JobSent job={running(SENT_BYTES)} port={portWith(loadImage)} />,
    );
    expect(loadImage).not.toHaveBeenCalled();
    await open();
    expect(await screen.findByRole('img', { name: /^The image as sent/ })).toBeTruthy();
    // Words arrive, and with them new props.
    rerender(<JobSent job={running(SENT_BYTES)} port={portWith((input) => loadImage(input))} />);
    expect(loadImage).toHaveBeenCalledOnce();
    await expectAccessible(container);
  });

  it('is another one where another route was taken', async () => {
    const loadImage = loading();
    const { rerender } = render(<JobSent job={running(SENT_BYTES)} port={portWith(loadImage)} />);
    await open();
    await waitFor(() => expect(loadImage).toHaveBeenCalledOnce());
    const screenshot = { ...SENT_BYTES, route: 'screenshot' } as const;
    rerender(<JobSent job={running(screenshot)} port={portWith(loadImage)} />);
    await waitFor(() => expect(loadImage).toHaveBeenCalledTimes(2));
  });

  it('is not asked for where an address was sent, and it says why', async () => {
    const loadImage = loading();
    const { image } = running(SENT);
    const size = { width: 640, height: 480 };
    const job = jobIn({ ...RUNNING, sent: SENT }, { image: { ...image, size } });
    render(<JobSent job={job} port={portWith(loadImage)} />);
    await open();
    expect(screen.getByText(/^Only the address was sent/)).toBeTruthy();
    expect(screen.queryByRole('img')).toBeNull();
    expect(loadImage).not.toHaveBeenCalled();
  });

  it.each<[string, LoadImage]>([
    ['kept no more', () => Promise.resolve(undefined)],
    ['out of reach', () => Promise.reject(new Error('gone'))],
  ])('is missed in words where it is %s', async (_, loadImage) => {
    render(<JobSent job={running(SENT_BYTES)} port={portWith(loadImage)} />);
    await open();
    expect(await screen.findByText('The image that was sent is not stored here.')).toBeTruthy();
    expect(screen.queryByRole('img')).toBeNull();
  });
});
