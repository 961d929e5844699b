import type { Endpoint, JsonObject } from '@sallyport/dialects';
import { answerTo, type MockAnswer } from './mock-answer';
import { mockChatCompletion, mockChatStream } from './mock-chat';
import { mockCompletion, mockCompletionStream } from './mock-completions';
import { mockEmbeddings } from './mock-embeddings';
import { mockMessage, mockMessageStream, mockTokenCount } from './mock-messages';
import { mockModeration } from './mock-moderations';
import type { MockOptions } from './mock-options';
import { readMockRequest } from './mock-request';
import { mockResponse, mockResponseStream } from './mock-responses';
import type { MockStream } from './mock-stream';

/** A whole reply, or a stream with the tokens that it takes its time for. */
export type MockReply =
  { readonly whole: object } | { readonly stream: MockStream; readonly tokens: readonly string[] };

/** Answers the request of one endpoint. */
export type MockEndpoint = (id: string, request: JsonObject, mode: MockOptions['mode']) => MockReply;

/** Everything that the mock upstream serves. */
export const MOCK_ENDPOINTS: Readonly<Partial<Record<Endpoint, MockEndpoint>>> = {
  'openai-chat': generation(mockChatCompletion, mockChatStream),
  'anthropic-messages': generation(mockMessage, mockMessageStream),
  'openai-responses': generation(mockResponse, mockResponseStream),
  'openai-completions': generation(mockCompletion, mockCompletionStream),
  'anthropic-count-tokens': (_, request, mode) => ({ whole: mockTokenCount(answerTo(readMockRequest(request), mode)) }),
  'openai-embeddings': (_, request) => ({ whole: mockEmbeddings(request) }),
  'openai-moderations': (id, request) => ({ whole: mockModeration(id, request) }),
};

function generation(
  whole: (id: string, answer: MockAnswer) => object,
  stream: (id: string, answer: MockAnswer) => MockStream,
): MockEndpoint {
  return (id, body, mode) => {
    const request = readMockRequest(body);
    const answer = answerTo(request, mode);
    return request.stream ? { stream: stream(id, answer), tokens: answer.tokens } : { whole: whole(id, answer) };
  };
}
