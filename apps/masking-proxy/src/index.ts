export { startMaskingProxy } from './masking-proxy.app';
