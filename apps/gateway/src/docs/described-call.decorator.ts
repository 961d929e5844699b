import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiExtension, ApiOperation, ApiResponse, type ApiResponseOptions } from '@nestjs/swagger';
import { anthropicErrorSchema, openAiErrorSchema } from '@sallyport/dialects';

type ReplySchema = Extract<ApiResponseOptions, { standardSchema?: unknown }>['standardSchema'];

/** What the documentation says of a route, beside its request. */
export interface CallDescription {
  /** Unique name of the operation. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** Left out for replies that are no JSON. */
  readonly reply?: ReplySchema;
  /** Whether the reply comes as server-sent events when the request says `stream`. */
  readonly streamed?: boolean;
  readonly errors?: 'openai' | 'anthropic';
}

/** Failures that every call may end with; docs/errors.md tells more. */
const FAILURES: Readonly<Record<number, string>> = {
  400: 'The model’s upstreams cannot do this, or one of them has refused the request',
  401: 'The API key is missing or wrong',
  404: 'No upstream serves this model, or keeps what was asked for',
  413: 'The body is larger than allowed',
  422: 'The body is not valid; `param` names the field',
  429: 'The key, or the upstream, has had enough calls; `retry-after` says when to come again',
  502: 'Every upstream has failed',
  503: 'Every upstream is resting after failures',
  504: 'No upstream has answered in time',
};

/** Documents a route that an upstream answers, and lets it answer 200. */
export function DescribedCall(description: CallDescription): MethodDecorator {
  return described(description, Object.keys(FAILURES).map(Number));
}

/** Documents a route that the gateway answers by itself. */
export function DescribedRead(description: CallDescription): MethodDecorator {
  return described(description, [401, 404]);
}

function described(description: CallDescription, failures: readonly number[]): MethodDecorator {
  const { id, summary, description: text, reply, streamed, errors } = description;
  const error = errors === 'anthropic' ? anthropicErrorSchema : openAiErrorSchema;
  return applyDecorators(
    HttpCode(200),
    ApiOperation({ operationId: id, summary, ...(text !== undefined && { description: text }) }),
    ...(reply === undefined ? [] : [ApiResponse({ status: 200, description: 'The reply', standardSchema: reply })]),
    ...(streamed === true ? [ApiExtension('x-streamed', true)] : []),
    ...failures.map((status) => ApiResponse({ status, description: FAILURES[status] ?? '', standardSchema: error })),
  );
}
