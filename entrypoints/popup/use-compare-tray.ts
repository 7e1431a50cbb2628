/** The pictures chosen for comparison, as they are now. */
import { useEffect, useState } from 'preact/hooks';
import { readTray, watchTray, type ChosenPicture } from '../../utils/jobs/compare-tray';

export function useCompareTray(): readonly ChosenPicture[] {
  const [chosen, setChosen] = useState<readonly ChosenPicture[]>([]);
  useEffect(() => {
    const read = () => void readTray().then(setChosen);
    read();
    return watchTray(read);
  }, []);
  return chosen;
}
