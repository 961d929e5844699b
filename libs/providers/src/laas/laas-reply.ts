import {
  chatReplyReader,
  chatReplyWriter,
  isObject,
  objectOf,
  parseJson,
  readUpstreamError,
  SallyportError,
  textOf,
  type AssistantReply,
  type JsonObject,
  type ReplyContext,
  type StopReason,
  type UpstreamError,
} from '@sallyport/dialects';

/** What an ennoia preset adds to its replies, handed on as it is. */
const EXTRAS = ['connector_results', 'connector_result_yn', 'session_id'] as const;

/**
 * Reads a reply of either generation: the classic one is a chat completion, the one of ennoia has parts for content,
 * milliseconds for `created` and the wrong `object`.
 *
 * @throws SallyportError `upstream_failed` (retryable) when there are no choices in it
 */
export function readLaasReply(body: unknown): AssistantReply {
  if (!isObject(body) || !Array.isArray(body['choices']) || body['choices'].length === 0) {
    throw new SallyportError('upstream_failed', 'LaaS answered without choices', { retryable: true });
  }
  const reply = chatReplyReader.read(body);
  return {
    ...reply,
    content: reply.content.filter(({ type }) => type !== 'tool-call'),
    stop: laasStop(reply.stop),
  };
}

/** LaaS has no tools, so a reply is over, or was cut short. */
export function laasStop(stop: StopReason): StopReason {
  return stop === 'length' || stop === 'refusal' ? stop : 'end';
}

/** A whole reply for the client. */
export function writeLaasReply(reply: AssistantReply, raw: unknown, context: ReplyContext): JsonObject {
  const body = objectOf(raw);
  const extras = EXTRAS.filter((name) => body[name] !== undefined).map((name) => [name, body[name]] as const);
  return {
    ...chatReplyWriter.write(reply, context),
    ...(reply.id !== '' && { id: reply.id }),
    ...Object.fromEntries(extras),
  };
}

/** What LaaS said when it refused or failed. */
export function laasError(status: number, text: string): UpstreamError {
  const body = parseJson(text) ?? text;
  const error = readUpstreamError(status, body);
  return {
    ...error,
    code: textOf(objectOf(body)['error_type']) ?? error.code,
    message: `LaaS API HTTP error: ${error.message}`,
  };
}
