/** What the connection doctor found, step by step, each failure with the setting to change. */
import { i18n } from '#i18n';
import type { ErrorCode } from '../../utils/core/errors';
import {
  placeOf,
  type CheckReport,
  type CheckStep,
  type WarnedStepName,
} from '../../utils/core/vision/check-report';
import { formatSeconds } from '../../utils/browser/words/format';
import { AlertIcon, CheckIcon } from '../controls/icons';
import type { MessageKey } from '../../utils/browser/words/message-key';
import { Problem } from '../job/problem';

export function CheckList({ report }: { report: CheckReport }) {
  return (
    <ol class="check-list" aria-label={i18n.t('doctor.title')}>
      {report.steps.map((step) => (
        <li key={step.name} class={`check-step ${step.status}`}>
          <p class="check-name">
            <StepIcon step={step} />
            <span class="check-words">{nameWords(step, report)}</span>
            <span class="check-status">{i18n.t(`doctor.status.${step.status}`)}</span>
          </p>
          {step.status === 'warned' && <p class="check-more">{i18n.t(WARNINGS[step.name])}</p>}
          {step.status === 'failed' && (
            <div class="check-more">
              <Problem failure={step.failure} />
              {step.name === 'sight' && report.answer !== undefined && (
                <p class="said" dir="auto">
                  {i18n.t('doctor.shown', [
                    i18n.t(`doctor.colour.${report.shown.colour}`),
                    i18n.t(`doctor.shape.${report.shown.shape}`),
                    report.answer,
                  ])}
                </p>
              )}
              {step.failure.replacement !== undefined && (
                <p>{i18n.t('doctor.replacement', [step.failure.replacement])}</p>
              )}
              <SettingToChange code={step.failure.code} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function SettingToChange({ code }: { code: ErrorCode }) {
  const setting = placeOf(code)?.setting;
  if (!setting) return null;
  return (
    <p class="check-setting">{i18n.t('doctor.setting', [i18n.t(`doctor.settings.${setting}`)])}</p>
  );
}

const WARNINGS = {
  permission: 'doctor.withoutPermission',
  streaming: 'doctor.inOnePiece',
} as const satisfies Record<WarnedStepName, MessageKey>;

function nameWords({ name, status }: CheckStep, { firstWordMs }: CheckReport): string {
  const words = i18n.t(`doctor.steps.${name}`);
  if (name !== 'firstWord' || status !== 'passed' || firstWordMs === undefined) return words;
  return i18n.t('doctor.firstWordAfter', [formatSeconds(firstWordMs)]);
}

function StepIcon({ step: { status } }: { step: CheckStep }) {
  if (status === 'passed') return <CheckIcon />;
  if (status === 'failed' || status === 'warned') return <AlertIcon />;
  return <span class="check-none" />;
}
