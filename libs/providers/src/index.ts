export { createDeploymentProvider, createUpstreamProvider, type UpstreamDefaults } from './create-provider';
export type { HttpHeaders, HttpPort, HttpReply, HttpRequest } from './http/http.port';
export type { Provider, ProviderCall } from './provider.port';
export type { ProviderContext, ProviderSettings } from './provider-settings';
