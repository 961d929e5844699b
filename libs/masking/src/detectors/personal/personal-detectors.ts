import type { Detector } from '../detector';
import { emails } from './emails.detector';

/** Values that point to a person, wherever that person lives. In the order of their precedence. */
export const PERSONAL_DETECTORS: readonly Detector[] = [emails];
