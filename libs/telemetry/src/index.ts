export { createLogger, type Logger } from './logger';
export { createMetrics, type Registry } from './metrics';
