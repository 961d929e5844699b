export { createLogger, type Logger } from './logger';
export { createMetrics, type Registry } from './metrics';
export {
  endSpan,
  startClientSpan,
  startServerSpan,
  startTracing,
  traceHeaders,
  traceIdOf,
  type Attributes,
  type Span,
} from './tracing';
