export { ConfigurationError, ConfigurationProblems } from './configuration-error';
export { Environment, type Variables } from './environment/environment';
export { loadConfiguration, type Configuration } from './litellm/load-configuration';
export { Secret } from './secret';
export { readFileServerSettings, type FileServerSettings } from './settings/file-server-settings';
export {
  readGatewaySettings,
  type DeploymentSettings,
  type GatewaySettings,
  type NamedUpstream,
} from './settings/gateway-settings';
export { isLoopback, type ListenSettings } from './settings/listen-settings';
export { readLogIngestSettings, type LogIngestSettings } from './settings/log-ingest-settings';
export type { FileServerClientSettings, LogBatchSettings, LogQueueSettings } from './settings/log-settings';
export { readMaskingSettings, type MaskingSettings } from './settings/masking-settings';
export type { RedisSettings } from './settings/redis-settings';
