/** Copies an answer in the form that the place it goes to needs. */
import { i18n } from '#i18n';
import { conversationMarkdown } from '../../utils/core/jobs/conversation-markdown';
import type { Job } from '../../utils/core/jobs/job';
import { answerText, presentAnswer, purposeOfJob } from '../../utils/core/jobs/turns';
import {
  altAttribute,
  altParts,
  imgElement,
  markdownImage,
} from '../../utils/core/prompts/alt-text';
import { useOutcome } from '../controls/use-outcome';

const FORMS = ['alt', 'html', 'markdown', 'empty', 'conversation'] as const;
type Form = (typeof FORMS)[number];

interface CopyAsProps {
  job: Job;
  onCopy: (text: string) => Promise<boolean>;
}

export function CopyAs({ job, onCopy }: CopyAsProps) {
  const [outcome, run] = useOutcome();
  const purpose = purposeOfJob(job);
  const offered = FORMS.filter(
    (form) =>
      (form !== 'empty' || purpose === 'decorative') &&
      (form !== 'conversation' || job.turns.length > 1),
  );

  return (
    <>
      <select
        class="copy-as"
        aria-label={i18n.t('copyAs.label')}
        value=""
        onChange={({ currentTarget }) => {
          const form = FORMS.find((each) => each === currentTarget.value);
          currentTarget.value = '';
          if (form) run(() => onCopy(textAs(form, job)));
        }}
      >
        <option value="">{i18n.t('copyAs.label')}</option>
        {offered.map((form) => (
          <option key={form} value={form}>
            {i18n.t(`copyAs.${form}`)}
          </option>
        ))}
      </select>
      <span role="status" class="copy-outcome">
        {outcome && i18n.t(outcome === 'copied' ? 'job.copied' : 'job.copyFailed')}
      </span>
    </>
  );
}

function textAs(form: Form, job: Job): string {
  const { alt } = altParts(answerText(presentAnswer(job)), purposeOfJob(job));
  switch (form) {
    case 'alt':
      return altAttribute(alt);
    case 'html':
      return imgElement(alt, job.image);
    case 'markdown':
      return markdownImage(alt, job.image);
    case 'empty':
      return altAttribute('');
    case 'conversation':
      return conversationMarkdown(job);
  }
}
