import {
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api';

export type { Attributes, Span } from '@opentelemetry/api';

const tracer = trace.getTracer('sallyport');

/**
 * Loads the OpenTelemetry SDK when an exporter is configured (`OTEL_EXPORTER_OTLP_ENDPOINT`,
 * `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` or `OTEL_TRACES_EXPORTER`); otherwise spans cost next to nothing.
 * Metrics are served for Prometheus, so the SDK exports traces only.
 *
 * @param service value of `service.name` unless `OTEL_SERVICE_NAME` is set
 * @returns a function that sends what is left and stops
 */
export async function startTracing(service: string): Promise<() => Promise<void>> {
  if (!isConfigured(process.env)) return () => Promise.resolve();
  process.env['OTEL_METRICS_EXPORTER'] ??= 'none';
  process.env['OTEL_LOGS_EXPORTER'] ??= 'none';
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ serviceName: process.env['OTEL_SERVICE_NAME'] ?? service, instrumentations: [] });
  sdk.start();
  return () => sdk.shutdown();
}

function isConfigured(variables: NodeJS.ProcessEnv): boolean {
  if (variables['OTEL_SDK_DISABLED'] === 'true' || variables['OTEL_TRACES_EXPORTER'] === 'none') return false;
  return ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_TRACES_EXPORTER'].some((name) =>
    Boolean(variables[name]),
  );
}

/** Starts the span of an incoming request; it continues the caller's trace when `traceparent` names one. */
export function startServerSpan(name: string, headers: Readonly<Record<string, unknown>>): Span {
  return tracer.startSpan(name, { kind: SpanKind.SERVER }, propagation.extract(ROOT_CONTEXT, headers));
}

/** Starts the span of an outgoing call inside that of the request it serves. */
export function startClientSpan(name: string, parent: Span, attributes: Attributes): Span {
  return tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, trace.setSpan(context.active(), parent));
}

/** Ends a span; `errorType` is a low-cardinality word such as an error code or a status. */
export function endSpan(span: Span, attributes: Attributes, errorType?: string): void {
  span.setAttributes(attributes);
  if (errorType !== undefined) span.setAttribute('error.type', errorType).setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** Trace id of a span that is recorded or continued; undefined when tracing is off. */
export function traceIdOf(span: Span): string | undefined {
  const spanContext = span.spanContext();
  return isSpanContextValid(spanContext) ? spanContext.traceId : undefined;
}

/** Headers that let the callee continue the trace; none when tracing is off. */
export function traceHeaders(span: Span): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(trace.setSpan(ROOT_CONTEXT, span), headers);
  return headers;
}
