import { expect, it } from 'vitest';
import { isPublicUrl } from '../../../../utils/core/image/public-url';

it.each([
  'https://example.com/a.jpg',
  'http://example.com:8080/a.jpg?size=2',
  'https://93.184.216.34/a.jpg',
  'https://172.32.0.1/a.jpg',
  'https://[2606:2800:220:1::1]/a.jpg',
  'https://bücher.example/a.jpg',
])('a server could download %s', (address) => {
  expect(isPublicUrl(address)).toBe(true);
});

it.each([
  'http://localhost/a.jpg',
  'http://printer/a.jpg',
  'http://nas.local/a.jpg',
  'http://app.localhost/a.jpg',
  'http://wiki.internal/a.jpg',
  'http://127.0.0.1/a.jpg',
  'http://2130706433/a.jpg',
  'http://0x7f.1/a.jpg',
  'http://10.1.2.3/a.jpg',
  'http://172.16.0.1/a.jpg',
  'http://192.168.0.1/a.jpg',
  'http://169.254.169.254/latest/meta-data',
  'http://100.64.0.1/a.jpg',
  'http://[::1]/a.jpg',
  'http://[fd00::1]/a.jpg',
  'http://[::ffff:127.0.0.1]/a.jpg',
  'https://user:secret@example.com/a.jpg',
  'data:image/png;base64,AAAA',
  'blob:https://example.com/1',
  'file:///a.jpg',
  `https://example.com/${'a'.repeat(9_000)}`,
  'not an address',
])('a server could not, or must not, download %s', (address) => {
  expect(isPublicUrl(address)).toBe(false);
});
