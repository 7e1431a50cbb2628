/** Renders an extension page into its document and sets the document's language. */
import { render, type ComponentChild } from 'preact';
import { i18n } from '#i18n';

/** Renders at once, before any data is there. */
export function startPage(title: string, page: ComponentChild): void {
  document.title = title;
  document.documentElement.lang = i18n.t('format.tag');
  document.documentElement.dir = i18n.t('format.dir');
  const root = document.querySelector('#root');
  if (root) render(page, root);
}
