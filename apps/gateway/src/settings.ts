import { getConfigToken } from '@nestjs/config';

/** Namespace of the gateway's settings in the configuration module. */
export const GATEWAY_NAMESPACE = 'gateway';

/** Provider token of the app's `GatewaySettings`. */
export const GATEWAY_SETTINGS = getConfigToken(GATEWAY_NAMESPACE);
