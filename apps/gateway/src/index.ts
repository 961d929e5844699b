export { startGateway, type GatewayResources } from './gateway.app';
