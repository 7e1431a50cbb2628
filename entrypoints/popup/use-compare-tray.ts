/** The pictures chosen for comparison in windows of one kind, as they are now. */
import { useEffect, useState } from 'preact/hooks';
import { inWindows, readTray, watchTray, type ChosenPicture } from '../../utils/jobs/compare-tray';

export function useCompareTray(isPrivate: boolean): readonly ChosenPicture[] {
  const [chosen, setChosen] = useState<readonly ChosenPicture[]>([]);
  useEffect(() => {
    const read = () => void readTray().then(setChosen);
    read();
    return watchTray(read);
  }, []);
  return inWindows(chosen, isPrivate);
}
