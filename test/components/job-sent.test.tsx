// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobPort } from '../../components/job-port';
import { JobSent } from '../../components/job-sent';
import { estimateTokens } from '../../utils/image/tokens';
import type { Job, Route, Sent } from '../../utils/jobs/job';
import { imageRuleFor } from '../../utils/vision/image-rules';
import { expectAccessible } from '../fixtures/axe';
import { DONE, JOBS } from '../fixtures/job-states';
import { fakeJobPort } from '../fixtures/job-port';
import { jobIn, RUNNING, SENT, SENT_BYTES } from '../fixtures/jobs';

const SRC = `data:image/jpeg;base64,${btoa('pixels')}`;

const scrollIntoView = vi.fn<Element['scrollIntoView']>();

beforeEach(() => {
  Element.prototype.scrollIntoView = scrollIntoView;
  vi.stubGlobal('createImageBitmap', () =>
    Promise.resolve({ width: 941, height: 768, close() {} }),
  );
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ drawImage() {} } as never);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

const running = (sent: Sent) => jobIn({ ...RUNNING, sent });

const loading = () => vi.fn<JobPort['picture']>().mockResolvedValue(SRC);
const portWith = (picture: JobPort['picture']) => ({ ...fakeJobPort(), picture });

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
    expect(details !== null).toBe('sent' in job.state);
    if (details) await open();
    await expectAccessible(container);
  });

  it.each<[Route, string]>([
    ['url', 'By its address; the server fetches it'],
    ['page', 'As the page’s own bytes'],
    ['background', 'Read by Descry with your login'],
    ['screen', 'As a picture of the screen'],
    ['given', 'As a picture you gave'],
  ])('says the route in words: %s', (route, words) => {
    expect(factsOf(running({ ...SENT_BYTES, route }))['Route']).toBe(words);
  });

  it('says what became of the picture', () => {
    expect(factsOf(running(SENT_BYTES))).toMatchObject({
      Host: 'localhost:11434',
      Type: 'AVIF → JPEG',
      Pixels: '2725 × 2225 → 941 × 768',
      Weight: '1.3 MB → 210 kB',
    });
  });

  it('says once what stayed as it was', () => {
    const { mimeType, width, height, byteLength } = SENT_BYTES;
    const same = { ...SENT_BYTES, original: { mimeType, width, height, byteLength } };
    expect(factsOf(running(same))).toMatchObject({
      Type: 'JPEG',
      Pixels: '941 × 768',
      Weight: '210 kB',
    });
  });

  it('knows of an address what its page knows', () => {
    const { image } = running(SENT);
    const size = { width: 640, height: 480 };
    const facts = factsOf(jobIn({ ...RUNNING, sent: SENT }, { image: { ...image, size } }));
    expect(Object.keys(facts)).not.toContain('Type');
    expect(Object.keys(facts)).not.toContain('Weight');
    expect(facts['Pixels']).toBe('640 × 480');
    expect(facts['Estimated']).toMatch(/^about /);
  });

  it('does not take the size on the page for the size of bytes', () => {
    const { image } = running(SENT);
    const sent = { route: 'page', host: 'localhost:1234', model: 'gpt-4o' } as const;
    const job = jobIn(
      { ...RUNNING, sent },
      { image: { ...image, size: { width: 640, height: 480 } } },
    );
    expect(Object.keys(factsOf(job))).toEqual(['Route', 'Host']);
  });

  it('estimates beforehand, in words that say so', () => {
    const facts = factsOf(running({ ...SENT_BYTES, model: 'gpt-4o' }));
    expect(facts['Estimated']).toMatch(/^about 765 tokens for the picture/);
    expect(Object.keys(facts)).not.toContain('Counted by the server');
  });

  it('estimates the cost where it knows the price', () => {
    const size = { width: SENT_BYTES.width, height: SENT_BYTES.height };
    const price = 0.1;
    const tokens = estimateTokens(size, imageRuleFor(SENT.model)) ?? Number.NaN;
    const [, cost] =
      /^about [\d,]+ tokens for the picture, about \$(.*)$/.exec(
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
    expect(facts['Counted by the server']).toBe('1,812 tokens in, 46 out, $0.00031');
    expect(facts['Estimated']).toMatch(/^about /);
  });

  it('says when only a frame or a part was sent', () => {
    const { original } = SENT_BYTES;
    const sent = { ...SENT_BYTES, original: { ...original, animated: true }, partial: true };
    render(<JobSent job={running(sent)} port={fakeJobPort()} />);
    expect(screen.getByText(/^The picture moves\. Only its first frame/)).toBeTruthy();
    expect(screen.getByText(/^Only the part that fits the window/)).toBeTruthy();
    cleanup();
    render(<JobSent job={running(SENT_BYTES)} port={fakeJobPort()} />);
    expect(screen.queryByText(/^Only the part|first frame/)).toBeNull();
  });
});

describe('the picture in it', () => {
  it('is asked for only once it is opened', async () => {
    const loadPicture = loading();
    const { container, rerender } = render(
      <JobSent job={running(SENT_BYTES)} port={portWith(loadPicture)} />,
    );
    expect(loadPicture).not.toHaveBeenCalled();
    await open();
    expect(await screen.findByRole('img', { name: /^The picture as it was sent/ })).toBeTruthy();
    // Words arrive, and with them new props.
    rerender(<JobSent job={running(SENT_BYTES)} port={portWith((jobId) => loadPicture(jobId))} />);
    expect(loadPicture).toHaveBeenCalledOnce();
    await expectAccessible(container);
  });

  it('is another one where another route was taken', async () => {
    const loadPicture = loading();
    const { rerender } = render(<JobSent job={running(SENT_BYTES)} port={portWith(loadPicture)} />);
    await open();
    await waitFor(() => expect(loadPicture).toHaveBeenCalledOnce());
    const screenshot = { ...SENT_BYTES, route: 'screen' } as const;
    rerender(<JobSent job={running(screenshot)} port={portWith(loadPicture)} />);
    await waitFor(() => expect(loadPicture).toHaveBeenCalledTimes(2));
  });

  it('is not asked for where an address was sent, and it says why', async () => {
    const loadPicture = loading();
    const { image } = running(SENT);
    const size = { width: 640, height: 480 };
    const job = jobIn({ ...RUNNING, sent: SENT }, { image: { ...image, size } });
    render(<JobSent job={job} port={portWith(loadPicture)} />);
    await open();
    expect(screen.getByText(/^Only the address was sent/)).toBeTruthy();
    expect(screen.queryByRole('img')).toBeNull();
    expect(loadPicture).not.toHaveBeenCalled();
  });

  it.each<[string, JobPort['picture']]>([
    ['kept no more', () => Promise.resolve(undefined)],
    ['out of reach', () => Promise.reject(new Error('gone'))],
  ])('is missed in words where it is %s', async (_, loadPicture) => {
    render(<JobSent job={running(SENT_BYTES)} port={portWith(loadPicture)} />);
    await open();
    expect(await screen.findByText('The picture as it was sent is not kept here.')).toBeTruthy();
    expect(screen.queryByRole('img')).toBeNull();
  });
});
