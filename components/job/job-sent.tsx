/** What was sent, in full: the facts of a request and the image as it went, opened on demand. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import type { Size } from '../../utils/core/image/fit';
import { estimateTokens } from '../../utils/core/image/tokens';
import type { ImageFacts, Route, Sent } from '../../utils/core/jobs/answer-state';
import type { Job } from '../../utils/core/jobs/job';
import { stateOf } from '../../utils/core/jobs/turns';
import { imageRuleFor } from '../../utils/core/vision/image-rules';
import { formatBytes, formatDollars, formatNumber } from '../../utils/browser/words/format';
import { typeName, usageWords } from './job-meta';
import type { JobPort } from './job-port';
import { messageOf, type MessageKey } from '../../utils/browser/words/message-key';
import { SentTexts } from './sent-page-context';
import { ImageGrid } from './image-grid';

const ROUTE_WORDS = {
  url: 'sent.byUrl',
  page: 'sent.byPage',
  background: 'sent.byBackground',
  screenshot: 'sent.byScreenshot',
  upload: 'sent.byUpload',
} as const satisfies Record<Route, MessageKey>;

interface JobSentProps {
  job: Job;
  port: JobPort;
}

export function JobSent({ job, port }: JobSentProps) {
  const [open, setOpen] = useState(false);
  const state = stateOf(job);
  const sent = 'sent' in state ? state.sent : undefined;
  if (!sent) return null;
  const size = sizeOf(sent) ?? (sent.route === 'url' ? job.image.size : undefined);

  function onToggle({ currentTarget: details }: { currentTarget: HTMLDetailsElement }): void {
    setOpen(details.open);
    // Below the fold of the card nothing would seem to have happened.
    if (details.open) requestAnimationFrame(() => details.scrollIntoView({ block: 'nearest' }));
  }

  return (
    <details class="job-sent" onToggle={onToggle}>
      <summary>{i18n.t('sent.title')}</summary>
      <dl>
        {rowsOf(job, sent, size).map(([name, words]) => (
          <div key={name}>
            <dt>{messageOf(name)}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <SentTexts job={job} sent={sent} port={port} />
      {sent.original?.animated && <p>{i18n.t('sent.animated')}</p>}
      {sent.partial && <p>{i18n.t('sent.partial')}</p>}
      {sent.route === 'url' && <p class="job-sent-quiet">{i18n.t('sent.noCopy')}</p>}
      {open && sent.route !== 'url' && size && (
        // Another route, another image.
        <SentImage
          key={sent.route}
          model={sent.model}
          size={size}
          load={async () => {
            const found = await port.call('job.image', { jobId: job.id });
            return found.ok ? found.value : undefined;
          }}
        />
      )}
    </details>
  );
}

interface SentImageProps {
  model: string;
  size: Size;
  /** Gives the image; none where it is not kept. */
  load: () => Promise<string | undefined>;
}

function SentImage({ model, size, load }: SentImageProps) {
  const [image, setImage] = useState<{ src: string | undefined }>();
  const loading = useRef(load);

  useEffect(() => {
    void loading.current().then((src) => setImage({ src }));
  }, []);

  if (image && !image.src) return <p class="job-sent-quiet">{i18n.t('sent.notStored')}</p>;
  return <ImageGrid src={image?.src} size={size} rule={imageRuleFor(model)} />;
}

function rowsOf(job: Job, sent: Sent, size: Size | undefined): [MessageKey, string][] {
  const state = stateOf(job);
  const { original } = sent;
  const rows: [MessageKey, string | undefined][] = [
    ['sent.route', messageOf(routeWords(sent))],
    ['sent.host', sent.host || i18n.t('sent.device')],
    ['sent.type', changed(original, sent, ({ mimeType }) => mimeType && typeName(mimeType))],
    ['sent.pixels', changed(original, { ...sent, ...size }, pixelWords)],
    [
      'sent.weight',
      changed(original, sent, ({ byteLength }) =>
        byteLength === undefined ? undefined : formatBytes(byteLength),
      ),
    ],
    ['sent.estimated', size && estimateWords(sent, size)],
    [
      'sent.counted',
      state.status === 'done' && state.usage ? usageWords(state.usage).join(', ') : undefined,
    ],
  ];
  return rows.flatMap(([name, words]) => (words ? [[name, words]] : []));
}

function routeWords({ route, count, withoutImage }: Sent): MessageKey {
  if (withoutImage) return 'sent.byNothing';
  return count === undefined ? ROUTE_WORDS[route] : 'sent.byChoice';
}

/** "AVIF → JPEG" where the image was changed on its way, else what was sent. */
function changed(
  original: ImageFacts | undefined,
  sent: ImageFacts,
  words: (facts: ImageFacts) => string | undefined,
): string | undefined {
  const [before, after] = [original && words(original), words(sent)];
  if (!before || !after || before === after) return after;
  return i18n.t('sent.change', [before, after]);
}

function pixelWords(facts: ImageFacts): string | undefined {
  const size = sizeOf(facts);
  return size && i18n.t('format.size', [size.width, size.height]);
}

function sizeOf({ width, height }: ImageFacts): Size | undefined {
  return width && height ? { width, height } : undefined;
}

/** What the image takes, known before the server has counted: never more than an estimate. */
function estimateWords({ model, inputPrice }: Sent, size: Size): string | undefined {
  const tokens = estimateTokens(size, imageRuleFor(model));
  if (tokens === undefined) return undefined;
  if (!inputPrice) return i18n.t('sent.estimate', [formatNumber(tokens)]);
  const cost = formatDollars((tokens * inputPrice) / 1_000_000);
  return i18n.t('sent.estimateCost', [formatNumber(tokens), cost]);
}
