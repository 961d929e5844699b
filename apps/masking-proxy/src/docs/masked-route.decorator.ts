import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiExtension, ApiOperation, ApiResponse, type ApiResponseOptions } from '@nestjs/swagger';
import { anthropicErrorSchema, openAiErrorSchema } from '@sallyport/dialects';

type ReplySchema = Extract<ApiResponseOptions, { standardSchema?: unknown }>['standardSchema'];

/** What the documentation says of a route, beside its request. */
interface RouteDescription {
  /** Unique name of the operation. */
  readonly id: string;
  readonly summary: string;
  readonly reply: ReplySchema;
  /** Whether the reply comes as server-sent events when the request says `stream`. */
  readonly streamed?: boolean;
  readonly errors?: 'openai' | 'anthropic';
}

/** Failures that every call may end with; docs/errors.md tells more. The upstream's own are handed on. */
const FAILURES: Readonly<Record<number, string>> = {
  401: 'The API key is missing or wrong',
  403: 'The request holds values of a kind that the masking policy blocks; the message names the kinds',
  413: 'The body is larger than allowed',
  415: 'The body is not JSON, or in an encoding that is not known',
  422: 'The body is not valid; `param` names the field',
  502: 'The upstream has failed',
  504: 'The upstream has not answered in time',
};

/** Documents a route whose request is masked and whose reply is restored, and lets it answer 200. */
export function MaskedRoute({ id, summary, reply, streamed, errors }: RouteDescription): MethodDecorator {
  const error = errors === 'anthropic' ? anthropicErrorSchema : openAiErrorSchema;
  return applyDecorators(
    HttpCode(200),
    ApiOperation({ operationId: id, summary }),
    ApiResponse({ status: 200, description: 'The reply of the upstream, restored', standardSchema: reply }),
    ...(streamed === true ? [ApiExtension('x-streamed', true)] : []),
    ...Object.entries(FAILURES).map(([status, description]) =>
      ApiResponse({ status: Number(status), description, standardSchema: error }),
    ),
  );
}
