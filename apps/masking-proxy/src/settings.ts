import { getConfigToken } from '@nestjs/config';

/** Namespace of the proxy's settings in the configuration module. */
export const MASKING_NAMESPACE = 'masking';

/** Provider token of the app's `MaskingSettings`. */
export const MASKING_SETTINGS = getConfigToken(MASKING_NAMESPACE);
