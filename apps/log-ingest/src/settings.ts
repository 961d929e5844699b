import { getConfigToken } from '@nestjs/config';

/** Namespace of the app's settings in the configuration module. */
export const LOG_INGEST_NAMESPACE = 'logIngest';

/** Provider token of the app's `LogIngestSettings`. */
export const LOG_INGEST_SETTINGS = getConfigToken(LOG_INGEST_NAMESPACE);
