/** The images of the page in the active tab, looked for once they are asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ErrorCode } from '../../utils/core/errors';
import { callBackground } from '../../utils/browser/messaging/call-background';
import type { PageImage } from '../../utils/page/page-image';
import { activeTabId } from './active-tab';

export type ImageList =
  | { status: 'looking' }
  | { status: 'listed'; images: readonly PageImage[] }
  | { status: 'failed'; code: ErrorCode };

/**
 * Looks when `wanted` is first true: nothing runs in a page until asked.
 *
 * @returns What was found, and a way to look again.
 */
export function useImages(wanted: boolean): [ImageList, () => void] {
  const [list, setList] = useState<ImageList>({ status: 'looking' });
  const looked = useRef(false);

  async function look(): Promise<void> {
    setList({ status: 'looking' });
    try {
      const tabId = await activeTabId();
      const answer = await callBackground('images.list', { tabId });
      setList(
        answer.ok
          ? { status: 'listed', images: answer.value }
          : { status: 'failed', code: answer.code },
      );
    } catch (error) {
      console.error(error);
      setList({ status: 'failed', code: 'unexpected' });
    }
  }

  useEffect(() => {
    if (!wanted || looked.current) return;
    looked.current = true;
    void look();
  }, [wanted]);

  return [list, () => void look()];
}
