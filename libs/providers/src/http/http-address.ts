/**
 * Checks the address of an upstream.
 *
 * @returns it without trailing slashes
 * @throws RangeError that does not quote the address, which may hold a key
 */
export function httpAddress(address: string): string {
  const url = URL.parse(address);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new RangeError('the address must begin with http:// or https://');
  }
  if (url.username || url.password) throw new RangeError('the address must not hold credentials');
  if (url.search || url.hash) throw new RangeError('the address must not hold a query');
  return address.replace(/\/+$/, '');
}

/** Puts `path` behind an address that has none of its own. */
export function withPath(address: string, path: string): string {
  const url = new URL(address);
  return url.pathname === '/' ? url.origin + path : address;
}
