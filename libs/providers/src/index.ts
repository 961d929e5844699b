export { createDeploymentProvider, createUpstreamProvider } from './create-provider';
export type { HttpHeaders, HttpPort, HttpReply, HttpRequest } from './http/http.port';
export type { Provider, ProviderCall } from './provider.port';
