/** Provider token of the app's `LogIngest`. */
export const LOG_INGEST = Symbol('LOG_INGEST');
