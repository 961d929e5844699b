import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { anthropicErrorBody, openAiErrorBody, type SallyportError } from '@sallyport/dialects';
import type { Logger } from '@sallyport/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_STATUS } from './error-status';
import { toSallyportError } from './to-sallyport-error';

/** The one place where a failure becomes an HTTP answer, in the dialect that the caller speaks. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const error = toSallyportError(thrown);
    if (error.code === 'internal') {
      this.logger.error({ request_id: request.id, exc_info: error.cause ?? error }, 'unexpected failure');
    }
    // A reply that has begun cannot become an error any more: breaking it off tells the client.
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    sendError(request, reply, error);
  }
}

/** Answers with the status of the error's code and the error body of the caller's dialect. */
export function sendError(request: FastifyRequest, reply: FastifyReply, error: SallyportError): void {
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  const body = speaksAnthropic(request) ? anthropicErrorBody(error, request.id) : openAiErrorBody(error);
  void reply.status(ERROR_STATUS[error.code]).type('application/json; charset=utf-8').send(body);
}

function speaksAnthropic(request: FastifyRequest): boolean {
  return request.headers['anthropic-version'] !== undefined || /^\/(v1\/)?messages\b/.test(request.url);
}
