export { prepareGateway, startGateway, type GatewayResources, type PreparedGateway } from './gateway.app';
