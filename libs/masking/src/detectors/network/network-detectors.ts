import type { Detector } from '../detector';
import { internalHosts } from './internal-hosts.detector';
import { ipv4Addresses } from './ipv4-addresses.detector';
import { ipv6Addresses } from './ipv6-addresses.detector';
import { macAddresses } from './mac-addresses.detector';
import { namedHosts } from './named-hosts.detector';

/** Addresses and names of hosts. In the order of their precedence. */
export const NETWORK_DETECTORS: readonly Detector[] = [
  ipv4Addresses,
  ipv6Addresses,
  macAddresses,
  internalHosts,
  namedHosts,
];
