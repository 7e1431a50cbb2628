/** Whether a server elsewhere could download an image from its address. */

/** Longer addresses are refused by servers; 8,000 is the least a server should take (RFC 9110, 4.1). */
const MAX_LENGTH = 8_000;

/** Names that only mean something on the person's own machine or network. */
const PRIVATE_SUFFIXES = [
  'localhost',
  'local',
  'internal',
  'home.arpa',
  'lan',
  'test',
  'invalid',
  'onion',
];

/**
 * True for an http(s) address on a public host. Addresses in private networks (RFC 1918, RFC 4193,
 * RFC 6598), names without a dot, reserved names (RFC 6761) and addresses that carry a user name
 * are not: a server could not reach the first, and must not be told the last.
 */
export function isPublicUrl(address: string): boolean {
  if (address.length > MAX_LENGTH || !URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return false;
  if (username || password) return false;
  if (hostname.startsWith('[')) return isPublicIpv6(hostname.slice(1, -1));
  if (/^[\d.]+$/.test(hostname)) return isPublicIpv4(hostname);
  const name = hostname.replace(/\.$/, '');
  if (!name.includes('.')) return false;
  return !PRIVATE_SUFFIXES.some((suffix) => name.endsWith(`.${suffix}`));
}

function isPublicIpv4(address: string): boolean {
  const [a = 0, b = 0] = address.split('.').map(Number);
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if (a === 100 && b >= 64 && b < 128) return false;
  if (a === 169 && b === 254) return false;
  if (a === 172 && b >= 16 && b < 32) return false;
  return !(a === 192 && b === 168);
}

function isPublicIpv6(address: string): boolean {
  // Only 2000::/3 is routed on the public internet (IANA, IPv6 Global Unicast Allocations).
  return /^[23]/.test(address);
}
