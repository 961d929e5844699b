import type { IncomingMessage, ServerResponse } from 'node:http';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { anthropicErrorBody, openAiErrorBody, type SallyportError } from '@sallyport/dialects';
import type { Logger } from '@sallyport/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_STATUS } from './error-status';
import { isSystemError } from './system-error';
import { toSallyportError } from './to-sallyport-error';

/** What Nest hands to a middleware in place of Fastify's objects. */
type RawRequest = IncomingMessage & { readonly id: string; readonly url: string };

/** The one place where a failure becomes an HTTP answer, in the dialect that the caller speaks. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest | RawRequest>();
    const reply = http.getResponse<FastifyReply | ServerResponse>();
    const raw = 'raw' in reply ? reply.raw : reply;
    const error = toSallyportError(thrown);
    this.log(request.id, error, raw.destroyed);
    // A reply that has begun cannot become an error any more: breaking it off tells the client.
    if (raw.headersSent || ('sent' in reply && reply.sent)) raw.destroy();
    else if ('raw' in reply) sendError(request, reply, error);
    else sendRawError(request, reply, error);
  }

  /** A failure that nobody is left to be told of is one of the client, not of the server. */
  private log(requestId: string, error: SallyportError, clientLeft: boolean): void {
    if (error.code === 'internal') {
      this.logger.error({ request_id: requestId, exc_info: error.cause ?? error }, 'unexpected failure');
    } else if (ERROR_STATUS[error.code] >= 500 && !clientLeft) {
      // The message of any other error may quote a payload.
      const cause = isSystemError(error.cause) ? String(error.cause) : undefined;
      this.logger.warn({ request_id: requestId, code: error.code, cause }, 'failed call');
    }
  }
}

/** Answers with the status of the error's code and the error body of the caller's dialect. */
export function sendError(
  request: ErrorRequest,
  reply: FastifyReply,
  error: SallyportError,
  status = ERROR_STATUS[error.code],
): void {
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  void reply.status(status).type(JSON_TYPE).send(bodyFor(request, error));
}

function sendRawError(request: ErrorRequest, response: ServerResponse, error: SallyportError): void {
  const headers = { 'content-type': JSON_TYPE, 'x-request-id': request.id, 'request-id': request.id };
  response.writeHead(ERROR_STATUS[error.code], headers).end(JSON.stringify(bodyFor(request, error)));
}

const JSON_TYPE = 'application/json; charset=utf-8';

type ErrorRequest = Pick<FastifyRequest, 'id' | 'url' | 'headers'>;

function bodyFor(request: ErrorRequest, error: SallyportError): object {
  const anthropic = request.headers['anthropic-version'] !== undefined || /^\/(v1\/)?messages\b/.test(request.url);
  return anthropic ? anthropicErrorBody(error, request.id) : openAiErrorBody(error);
}
