/** The line that lets extensions speak to Ollama, for the system that this browser runs on. */
import { i18n } from '#i18n';

/** https://docs.ollama.com/faq, "How do I configure Ollama server?" */
const LINES = {
  mac: {
    how: 'origin.mac',
    line: (origin: string) => `launchctl setenv OLLAMA_ORIGINS "${origin}"`,
  },
  windows: { how: 'origin.windows', line: (origin: string) => `setx OLLAMA_ORIGINS "${origin}"` },
  linux: {
    how: 'origin.linux',
    line: (origin: string) => `Environment="OLLAMA_ORIGINS=${origin}"`,
  },
} as const;

export function OriginHelp() {
  const { how, line } = LINES[systemOf(navigator.userAgent)];
  const origin = import.meta.env.FIREFOX ? 'moz-extension://*' : 'chrome-extension://*';
  return (
    <p class="origin-help">
      {i18n.t(how)}
      <code>{line(origin)}</code>
    </p>
  );
}

function systemOf(userAgent: string): keyof typeof LINES {
  if (userAgent.includes('Windows')) return 'windows';
  return userAgent.includes('Mac OS') ? 'mac' : 'linux';
}
