import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { openAiErrorSchema } from '@sallyport/dialects';

/** What a refusal means; docs/errors.md tells more. */
const FAILURES = {
  401: 'The API key is missing or wrong',
  404: 'There is no such file',
  409: 'The path is taken by other content, or leads through a file',
  413: 'The body is larger than allowed',
  415: 'The body is not sent as JSON, or in an encoding that is not read',
  416: 'The file has no such bytes; `Content-Range` tells its length',
  422: 'The request is not valid; `param` names the field',
  503: 'The disk cannot be used now, or too many writes are there; `retry-after` may say when to come again',
  507: 'The disk is full, or less would stay free than must',
} as const;

/** Documents with which refusals a route may answer. */
export function Refuses(...statuses: readonly (keyof typeof FAILURES)[]): MethodDecorator {
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({ status, description: FAILURES[status], standardSchema: openAiErrorSchema }),
    ),
  );
}

const BYTES = { type: 'string', format: 'binary' } as const;
/** By the name of the file. */
const FILE = { 'application/json': { schema: {} }, 'text/plain': { schema: BYTES } };

/** Documents the answers with a file, or with none because of what the client has. */
export function AnswersWithFile(): MethodDecorator {
  const optional = { required: false } as const;
  return applyDecorators(
    ApiHeader({ name: 'Range', ...optional, example: 'bytes=0-1023', description: 'Part of the file (RFC 9110)' }),
    ApiHeader({ name: 'If-Range', ...optional, description: '`ETag` that the file must have for `Range` to count' }),
    ApiHeader({ name: 'If-None-Match', ...optional, description: '`ETag` of a copy that is there already' }),
    ApiResponse({ status: 200, description: 'The whole file', content: FILE }),
    ApiResponse({ status: 206, description: 'The part of it that `Content-Range` tells', content: FILE }),
    ApiResponse({ status: 304, description: 'The file is the one that `If-None-Match` names' }),
  );
}
