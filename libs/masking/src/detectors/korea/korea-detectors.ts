import type { Detector } from '../detector';
import { bankAccounts } from './bank-accounts.detector';
import { businessNumbers } from './business-numbers.detector';
import { driverLicenses } from './driver-licenses.detector';
import { passports } from './passports.detector';
import { residentNumbers } from './resident-numbers.detector';

/** Numbers of persons and businesses in Korea. In the order of their precedence. */
export const KOREA_DETECTORS: readonly Detector[] = [
  residentNumbers,
  businessNumbers,
  driverLicenses,
  passports,
  bankAccounts,
];
