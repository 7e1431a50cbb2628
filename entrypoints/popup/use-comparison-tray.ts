/** The images chosen for comparison in windows of one kind, as they are now. */
import { useEffect, useState } from 'preact/hooks';
import {
  inWindows,
  readTray,
  watchTray,
  type ChosenImage,
} from '../../utils/browser/jobs/comparison-tray';

export function useComparisonTray(isPrivate: boolean): readonly ChosenImage[] {
  const [chosen, setChosen] = useState<readonly ChosenImage[]>([]);
  useEffect(() => {
    const read = () => void readTray().then(setChosen);
    read();
    return watchTray(read);
  }, []);
  return inWindows(chosen, isPrivate);
}
