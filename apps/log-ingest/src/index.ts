export { startLogIngest, type LogIngestResources } from './log-ingest.app';
