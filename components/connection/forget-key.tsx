/** "Delete the key": asks for confirmation, since a deleted key cannot be restored. */
import { i18n } from '#i18n';
import { Button } from '../controls/button';
import { useConfirmation } from '../controls/use-confirmation';

interface ForgetKeyProps {
  look?: 'plain' | 'quiet';
  words: string;
  onForget: () => void;
}

export function ForgetKey({ look = 'plain', words, onForget }: ForgetKeyProps) {
  const { asking, setAsking, focused } = useConfirmation();
  if (!asking) {
    return (
      <Button ref={focused} look={look} onClick={() => setAsking(true)}>
        {words}
      </Button>
    );
  }
  return (
    <span class="step-actions">
      <span role="alert">{i18n.t('keys.forgetOneSure')}</span>
      <Button onClick={onForget}>{i18n.t('keys.forgetOneYes')}</Button>
      <Button ref={focused} onClick={() => setAsking(false)}>
        {i18n.t('keys.forgetOneNo')}
      </Button>
    </span>
  );
}
