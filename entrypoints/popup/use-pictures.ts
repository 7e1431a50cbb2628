/** The pictures of the page in the active tab, looked for once they are asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ErrorCode } from '../../utils/errors';
import { backgroundCalls } from '../../utils/messaging/calls';
import type { PagePicture } from '../../utils/page/picture';
import { activeTabId } from './active-tab';

export type PictureList =
  | { status: 'looking' }
  | { status: 'listed'; pictures: readonly PagePicture[] }
  | { status: 'failed'; code: ErrorCode };

/**
 * Looks when `wanted` is first true: nothing runs in a page until asked.
 *
 * @returns What was found, and a way to look again.
 */
export function usePictures(wanted: boolean): [PictureList, () => void] {
  const [list, setList] = useState<PictureList>({ status: 'looking' });
  const looked = useRef(false);

  async function look(): Promise<void> {
    setList({ status: 'looking' });
    try {
      const tabId = await activeTabId();
      const answer = await backgroundCalls.sendMessage('pictures.list', { tabId });
      setList(
        answer.ok
          ? { status: 'listed', pictures: answer.value }
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
