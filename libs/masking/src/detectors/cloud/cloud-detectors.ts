import type { Detector } from '../detector';

/** Values of Google Cloud and Azure. In the order of their precedence. */
export const CLOUD_DETECTORS: readonly Detector[] = [];
