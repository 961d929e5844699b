import type { Detector } from '../detector';

/** Numbers of persons and businesses in Korea. In the order of their precedence. */
export const KOREA_DETECTORS: readonly Detector[] = [];
