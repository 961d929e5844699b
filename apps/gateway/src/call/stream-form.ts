import {
  CompletionsStreamObserver,
  createStreamObserver,
  isDialect,
  streamErrorEvent,
  type Endpoint,
  type SallyportError,
  type SseEvent,
  type StreamObserver,
} from '@sallyport/dialects';

/** What must be known of the streams of one endpoint to watch over one of them. */
export interface StreamForm {
  readonly observer: StreamObserver;
  /** Tells a client that its stream has failed. */
  readonly errorEvent: (error: SallyportError, requestId: string) => Uint8Array;
  /** Keeps a silent stream alive; every client passes it over. */
  readonly ping: Uint8Array;
}

const COMMENT = Buffer.from(': ping\n\n');
const PING_EVENT = Buffer.from('event: ping\ndata: {"type": "ping"}\n\n');

/** @returns undefined for an endpoint whose streams have no known end */
export function streamFormOf(endpoint: Endpoint): StreamForm | undefined {
  if (isDialect(endpoint)) {
    const observer = createStreamObserver(endpoint);
    return {
      observer,
      errorEvent: (error, requestId) => streamErrorEvent(endpoint, error, requestId, observer.nextSequenceNumber),
      ping: endpoint === 'anthropic-messages' ? PING_EVENT : COMMENT,
    };
  }
  if (endpoint !== 'openai-completions') return undefined;
  return {
    observer: new CompletionsStreamObserver(),
    errorEvent: (error, requestId) => streamErrorEvent('openai-chat', error, requestId),
    ping: COMMENT,
  };
}

const TELLS_USAGE = /"usage"\s*:\s*\{/;
const HAS_NO_CHOICES = /"choices"\s*:\s*\[\s*\]/;

/** Whether an event of a chat or completion stream says nothing but the usage. */
export function isUsageChunk({ data }: SseEvent): boolean {
  return data !== undefined && TELLS_USAGE.test(data) && HAS_NO_CHOICES.test(data);
}
