export { ConfigurationError, ConfigurationProblems } from './configuration-error';
export { Environment, type Variables } from './environment/environment';
export { loadConfiguration, type Configuration } from './litellm/load-configuration';
export { Secret } from './secret';
export { readFileServerSettings, type FileServerSettings } from './settings/file-server-settings';
export { DeploymentOptions } from './settings/deployment-options';
export type { ClientAbortPolicy } from './settings/client-abort-policy';
export type { DeploymentSettings, TokenPrices } from './settings/deployment-settings';
export { readGatewaySettings, type GatewaySettings } from './settings/gateway-settings';
export { isLoopback, type ListenSettings } from './settings/listen-settings';
export { readLogIngestSettings, type LogIngestSettings, type LogWorkerSettings } from './settings/log-ingest-settings';
export type {
  ContentPolicy,
  LogBatchSettings,
  LogContentSettings,
  LogQueueSettings,
  OutboxSettings,
  RecordLogSettings,
} from './settings/log-settings';
export { readMaskingSettings, type MaskingSettings } from './settings/masking-settings';
export type {
  DirectoryStoreSettings,
  FileServerClientSettings,
  ObjectStoreSettings,
  RecordStoreSettings,
} from './settings/record-store-settings';
export type { RedisSettings } from './settings/redis-settings';
export type { NamedUpstream } from './settings/upstream-settings';
