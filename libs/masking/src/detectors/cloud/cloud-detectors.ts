import type { Detector } from '../detector';
import { tokenDetector } from '../vendors/token-detector';
import type { TokenRule } from '../vendors/token-rule';
import { azureNames } from './azure-names.detector';
import { azureStorageKeys } from './azure-storage-keys.detector';
import { AZURE_RULES } from './azure-tokens.rules';
import { GCP_RULES } from './gcp-tokens.rules';

export const CLOUD_RULES: readonly TokenRule[] = [...GCP_RULES, ...AZURE_RULES];

/** Values of Google Cloud and Azure that their form gives away. */
export const cloudTokens: Detector = tokenDetector(CLOUD_RULES);

/** Values of Google Cloud and Azure. In the order of their precedence. */
export const CLOUD_DETECTORS: readonly Detector[] = [cloudTokens, azureStorageKeys, azureNames];
