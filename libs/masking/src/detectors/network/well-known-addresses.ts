/**
 * Addresses that say nothing about a network: loopback, "this network", masks, the instance metadata service and
 * public resolvers.
 */
const PUBLIC_V4: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '8.8.8.8',
  '8.8.4.4',
  '1.1.1.1',
  '1.0.0.1',
  '9.9.9.9',
  '149.112.112.112',
  '208.67.222.222',
  '208.67.220.220',
  '168.126.63.1',
  '168.126.63.2',
]);
const NO_HOST_V4 = /^(?:0|127|255)\./;

const PUBLIC_V6: ReadonlySet<string> = new Set([
  '::',
  '::1',
  '0:0:0:0:0:0:0:0',
  '0:0:0:0:0:0:0:1',
  '2001:4860:4860::8888',
  '2001:4860:4860::8844',
  '2606:4700:4700::1111',
  '2606:4700:4700::1001',
  '2620:fe::fe',
  '2620:fe::9',
]);
const MAPPED_LOOPBACK = /^::ffff:127\./;

/** @param address dotted decimal */
export function isWellKnownV4(address: string): boolean {
  return NO_HOST_V4.test(address) || PUBLIC_V4.has(address);
}

/** @param address as written, without a zone */
export function isWellKnownV6(address: string): boolean {
  const lower = address.toLowerCase();
  return PUBLIC_V6.has(lower) || MAPPED_LOOPBACK.test(lower);
}
