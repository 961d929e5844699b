import type { Detector } from '../detector';
import { creditCards } from './credit-cards.detector';
import { emails } from './emails.detector';
import { ibans, lowerCaseIbans } from './ibans.detector';
import { phones } from './phones.detector';
import { usSsns } from './us-ssns.detector';

/** Values that point to a person, wherever that person lives. In the order of their precedence. */
export const PERSONAL_DETECTORS: readonly Detector[] = [emails, ibans, lowerCaseIbans, creditCards, usSsns, phones];
