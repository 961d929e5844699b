import type { Detector } from '../detector';
import { tokenDetector } from '../vendors/token-detector';
import { azureNames } from './azure-names.detector';
import { azureStorageKeys } from './azure-storage-keys.detector';
import { AZURE_RULES } from './azure-tokens.rules';
import { GCP_RULES } from './gcp-tokens.rules';

/** Values of Google Cloud and Azure that their form gives away. */
export const cloudTokens: Detector = tokenDetector([...GCP_RULES, ...AZURE_RULES]);

/** Values of Google Cloud and Azure. In the order of their precedence. */
export const CLOUD_DETECTORS: readonly Detector[] = [cloudTokens, azureStorageKeys, azureNames];
