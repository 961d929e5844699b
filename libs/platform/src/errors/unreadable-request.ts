import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { openAiErrorBody, SallyportError } from '@sallyport/dialects';
import type { Logger } from '@sallyport/telemetry';
import type { FastifyServerOptions } from 'fastify';
import { logRequest } from '../bootstrap/access-log';
import { sendError } from './error.filter';

interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** Codes of Node's HTTP parser and of Fastify's router. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'The request did not arrive in time' },
  HPE_HEADER_OVERFLOW: { status: 431, message: 'The headers are larger than allowed' },
  FST_ERR_BAD_URL: { status: 400, message: 'The path of the request cannot be decoded' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 414, message: 'A part of the path is longer than allowed' },
};
const NOT_HTTP: Refusal = { status: 400, message: 'The request is not valid HTTP' };

/**
 * Answers, as all other failures are answered, the requests that fail before any route or hook sees them: bytes that
 * are no HTTP request, and targets that the router cannot read.
 */
export function refuseUnreadable(logger: Logger): Pick<FastifyServerOptions, 'frameworkErrors' | 'clientErrorHandler'> {
  return {
    frameworkErrors(error, request, reply) {
      const { status, message } = REFUSALS[error.code] ?? NOT_HTTP;
      logRequest(request, reply, logger);
      reply.header('x-request-id', request.id).header('request-id', request.id);
      sendError(request, reply, new SallyportError('invalid_request', message), status);
    },

    clientErrorHandler(error, socket) {
      if (error.code !== 'ECONNRESET' && socket.writable) {
        const { status, message } = REFUSALS[error.code] ?? NOT_HTTP;
        const id = randomUUID();
        logger.info({ request_id: id, status, client_ip: socket.remoteAddress }, 'unreadable request');
        socket.write(
          replyText(status, id, JSON.stringify(openAiErrorBody(new SallyportError('invalid_request', message)))),
        );
      }
      socket.destroy(error);
    },
  };
}

/** There is no response object for bytes that made no request, so the reply is written by hand. */
function replyText(status: number, requestId: string, body: string): string {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
