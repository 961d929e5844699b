import type { Detector } from '../detector';

/** Keys and tokens of vendors, by their published form. In the order of their precedence. */
export const VENDOR_DETECTORS: readonly Detector[] = [];
