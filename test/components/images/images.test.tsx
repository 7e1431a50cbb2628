// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Images, type ImagesProps } from '../../../components/images/images';
import type { PageImage } from '../../../utils/page/page-image';
import { expectAccessible } from '../../fixtures/axe';

afterEach(cleanup);

/** An image of a page, named by its alternative text. */
function image(id: string, more: Partial<PageImage> = {}): PageImage {
  return {
    imageId: id,
    type: 'image',
    srcUrl: `https://images.example.com/${id}.jpg`,
    documentUrl: 'https://pages.example.com/',
    name: '',
    size: { width: 600, height: 400 },
    shown: { width: 300, height: 200 },
    ...more,
  };
}

const DOG = image('dog', { name: 'Dog on a beach', alt: 'Dog on a beach' });
const LABELLED = image('map', { name: 'Map of the town', alt: 'map.png' });
const DECORATIVE = image('line', { alt: '' });
const BARE = image('bare', { thumbnail: 'data:image/png;base64,AAAA' });
const CHART: PageImage = {
  imageId: 'chart',
  type: 'canvas',
  srcUrl: '',
  documentUrl: 'https://pages.example.com/',
  name: 'Sales',
  shown: { width: 320, height: 120 },
};
const DOT = image('dot', { shown: { width: 300, height: 15 } });
const ALL = [DOT, DOG, LABELLED, DECORATIVE, BARE, CHART];

function show(list: ImagesProps['list'], more: Partial<ImagesProps> = {}) {
  const given = {
    list,
    onLook: vi.fn<ImagesProps['onLook']>(),
    onPick: vi.fn<ImagesProps['onPick']>(),
    onView: vi.fn<ImagesProps['onView']>(),
    onDescribe: vi.fn<ImagesProps['onDescribe']>(),
    onCompare: vi.fn<ImagesProps['onCompare']>(),
    onFile: vi.fn<ImagesProps['onFile']>(),
    ...more,
  } satisfies ImagesProps;
  return { ...given, ...render(<Images {...given} />) };
}

const listed = (...images: PageImage[]) => ({ status: 'listed', images }) as const;
const button = (name: string | RegExp) => screen.getByRole('button', { name });
/** What a reader says of each image that is in sight. */
const said = () =>
  screen
    .getAllByRole('listitem')
    .filter((item) => !item.closest('details:not([open])'))
    .map((item) => within(item).getAllByRole('button')[0]?.getAttribute('aria-label'));

describe('images', () => {
  it.each<[string, ImagesProps['list']]>([
    ['looking', { status: 'looking' }],
    ['a list', listed(...ALL)],
    ['small ones alone', listed(DOT)],
    ['none', listed()],
    ['a page that lets nobody in', { status: 'failed', code: 'pageRefused' }],
    ['a failure', { status: 'failed', code: 'unexpected' }],
    ['a tab of our own', undefined],
  ])('are accessible: %s', async (_, list) => {
    const { container } = show(list);
    await expectAccessible(container);
  });

  it('can be picked on the page, taken as a whole view, or given as a file', () => {
    const given = show(listed());
    fireEvent.click(button('Pick on the page'));
    fireEvent.click(button('Describe the visible page'));
    expect(given.onPick).toHaveBeenCalledOnce();
    expect(given.onView).toHaveBeenCalledOnce();
    const input = given.container.querySelector('input[type="file"]');
    const dialog = vi.spyOn(HTMLInputElement.prototype, 'click').mockReturnValue();
    fireEvent.click(button('Choose a file…'));
    expect(dialog.mock.contexts).toEqual([input]);
    const file = new File(['x'], 'dog.png', { type: 'image/png' });
    fireEvent.change(input ?? document, { target: { files: [file] } });
    expect(given.onFile).toHaveBeenCalledWith(file);
  });

  it('are chosen elsewhere where a dialog would close the page', () => {
    const onFileElsewhere = vi.fn();
    const dialog = vi.spyOn(HTMLInputElement.prototype, 'click').mockReturnValue();
    show(listed(), { onFileElsewhere });
    fireEvent.click(button('Choose a file…'));
    expect(onFileElsewhere).toHaveBeenCalledOnce();
    expect(dialog).not.toHaveBeenCalled();
  });

  it('are files alone in a tab of our own, where there is no page beneath', () => {
    show(undefined);
    expect(screen.getAllByRole('button')).toEqual([button('Choose a file…')]);
    expect(screen.queryByRole('status')).toBeNull();
  });
});

describe('the images of the page', () => {
  it('are counted aloud, and each says once what is known of it', () => {
    show(listed(...ALL));
    expect(screen.getByRole('status').textContent).toBe('6 images on this page');
    expect(said()).toEqual([
      'Dog on a beach. Has alt text. 600 by 400 pixels. 1 of 6',
      'Map of the town. Alt: “map.png”. 600 by 400 pixels. 2 of 6',
      'No name. Empty alt text: marked as decorative. 600 by 400 pixels. 3 of 6',
      'No name. No alt text. 600 by 400 pixels. 4 of 6',
      'Sales. Canvas. 320 by 120 pixels. 5 of 6',
    ]);
  });

  it('show the same to the eye, and no name where there is a thumbnail alone', () => {
    show(listed(DOG, BARE));
    const [dog, bare] = screen.getAllByRole('listitem');
    expect(dog?.querySelector('.image-words')?.textContent).toMatch(
      /^Dog on a beachHas alt text600\s×\s400$/,
    );
    expect(bare?.querySelector('img')?.getAttribute('src')).toBe(BARE.thumbnail);
    expect(dog?.querySelector('img')).toBeNull();
  });

  it('are described by one press', () => {
    const { onDescribe } = show(listed(...ALL));
    fireEvent.click(button(/^Sales/));
    expect(onDescribe).toHaveBeenCalledExactlyOnceWith(CHART);
  });

  it('that are small come last, behind a disclosure', () => {
    const { container } = show(listed(...ALL));
    const details = container.querySelector('details');
    expect(details).toHaveProperty('open', false);
    expect(details?.querySelector('summary')?.textContent).toBe('Small images (1)');
    expect(details?.querySelector('button')?.getAttribute('aria-label')).toMatch(/6 of 6$/);
  });

  it('that are small stand open where there are no others', () => {
    show(listed(DOT));
    expect(screen.getByRole('status').textContent).toBe('1 image on this page');
    expect(said()).toHaveLength(1);
  });

  it('can be kept to those without alternative text', () => {
    show(listed(...ALL));
    const filter = screen.getByRole('checkbox', { name: 'Only images without alt text (3)' });
    fireEvent.click(filter);
    expect(said()).toEqual([
      'No name. Empty alt text: marked as decorative. 600 by 400 pixels. 1 of 3',
      'No name. No alt text. 600 by 400 pixels. 2 of 3',
    ]);
    fireEvent.click(filter);
    expect(said()).toHaveLength(5);
  });

  it.each([
    ['all', [DECORATIVE, BARE]],
    ['none', [DOG, CHART]],
  ])('offer no such choice where it would keep %s', (_, images) => {
    show(listed(...images));
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('may be none', () => {
    show(listed());
    expect(screen.getByRole('status').textContent).toContain('No images found on this page');
  });

  it('cannot be seen where the browser lets no extension in, and another try would not help', () => {
    show({ status: 'failed', code: 'pageRefused' });
    expect(screen.getByRole('status').textContent).toContain('You can still paste or drop');
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  it('can be looked for again after a failure, and the focus stays', () => {
    const { rerender, ...given } = show({ status: 'failed', code: 'unexpected' });
    expect(screen.getByRole('status').textContent).toContain('Something went wrong');
    button('Retry').focus();
    fireEvent.click(button('Retry'));
    expect(given.onLook).toHaveBeenCalledOnce();
    rerender(<Images {...given} list={{ status: 'looking' }} />);
    expect(document.activeElement).toBe(button('Pick on the page'));
  });
});
