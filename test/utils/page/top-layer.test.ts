// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import { hideHosts, openTopLayer } from '../../../utils/page/top-layer';

HTMLElement.prototype.showPopover = () => undefined;

it('hides all that is ours before a photograph, whichever script put it there', async () => {
  const card = openTopLayer('descry-card', '', null).host;
  vi.resetModules();
  const other = await import('../../../utils/page/top-layer');
  const notice = other.openTopLayer('descry-notice', '', null).host;
  const opacity = () =>
    [card, notice].map(({ style }) => style.getPropertyValue('--descry-opacity'));
  const show = hideHosts();
  expect(opacity()).toEqual(['0', '0']);
  show();
  expect(opacity()).toEqual(['1', '1']);
});
