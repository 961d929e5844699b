import { AWS_DETECTORS } from './aws/aws-detectors';
import { CLOUD_DETECTORS } from './cloud/cloud-detectors';
import type { Detector } from './detector';
import { KOREA_DETECTORS } from './korea/korea-detectors';
import { NETWORK_DETECTORS } from './network/network-detectors';
import { PERSONAL_DETECTORS } from './personal/personal-detectors';
import { NAMED_SECRETS, STRUCTURED_SECRETS } from './secrets/secret-detectors';
import { VENDOR_DETECTORS } from './vendors/vendors-detectors';

/** All detectors. Where two find the same stretch the earlier one names it. */
export const DETECTORS: readonly Detector[] = [
  ...STRUCTURED_SECRETS,
  ...VENDOR_DETECTORS,
  ...CLOUD_DETECTORS,
  ...AWS_DETECTORS,
  ...NAMED_SECRETS,
  ...PERSONAL_DETECTORS,
  ...KOREA_DETECTORS,
  ...NETWORK_DETECTORS,
];
