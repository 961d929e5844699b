export {
  createDeploymentProvider,
  createUpstreamProvider,
  type DeploymentAddress,
  type KeyLookup,
} from './create-provider';
export type { HttpHeaders, HttpPort, HttpReply, HttpRequest } from './http/http.port';
export type { Provider, ProviderCall } from './provider.port';
