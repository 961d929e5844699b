import type { Detector } from '../detector';

/** Addresses and names of hosts. In the order of their precedence. */
export const NETWORK_DETECTORS: readonly Detector[] = [];
