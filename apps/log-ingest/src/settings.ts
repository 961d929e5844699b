/** Namespace of the app's settings in the configuration module. */
export const LOG_INGEST_NAMESPACE = 'logIngest';
