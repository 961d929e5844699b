import { SallyportError } from '@sallyport/dialects';
import type { FastifyRequest } from 'fastify';

/**
 * What the board may be asked for. Everything else of Bull Board stays shut, read-only or not: taking jobs away or
 * changing them would lose records, editing would put the summary that is shown in the place of the records, and the
 * tree of a job opens connections that nobody closes.
 */
const READS: ReadonlySet<string> = new Set([
  '/',
  '/job-schedulers',
  '/metrics-history',
  '/queue/:queueName',
  '/queue/:queueName/:jobId',
  '/static/*',
  '/api/queues',
  '/api/queues/:queueName/:jobId',
  '/api/queues/:queueName/:jobId/logs',
  '/api/queues/:queueName/default-job-options',
  '/api/queues/:queueName/job-data-schema',
  '/api/queues/:queueName/metrics',
  '/api/queues/:queueName/rate-limit',
  '/api/queues/:queueName/workers',
  '/api/job-schedulers',
  '/api/redis/stats',
]);
const ACTIONS: ReadonlySet<string> = new Set([
  '/api/queues/pause',
  '/api/queues/resume',
  '/api/queues/:queueName/pause',
  '/api/queues/:queueName/resume',
  '/api/queues/:queueName/promote',
  '/api/queues/:queueName/retry/:queueStatus',
  '/api/queues/:queueName/:jobId/promote',
  '/api/queues/:queueName/:jobId/retry',
]);

/** The parts of a request that decide. */
export type BoardRequest = Pick<FastifyRequest, 'method' | 'headers'>;

/**
 * Decides whether the board may do what it is asked to.
 *
 * @param route pattern of the route below the board, such as `/api/queues`
 * @throws SallyportError `blocked_by_policy` or, for a part of Bull Board that is shut, `not_found`
 */
export function checkBoardRequest(request: BoardRequest, route: string, readOnly: boolean): void {
  if (request.method === 'GET' || request.method === 'HEAD') {
    if (!READS.has(route)) throw new SallyportError('not_found', 'This part of the board is shut');
    return;
  }
  if (readOnly) {
    throw new SallyportError('blocked_by_policy', 'The board may only look, unless LOG_QUEUES_READ_ONLY is false');
  }
  if (!ACTIONS.has(route)) throw new SallyportError('blocked_by_policy', 'The board does not do what may lose records');
  if (!comesFromTheBoard(request.headers)) {
    throw new SallyportError('blocked_by_policy', 'Another site may not act on the board');
  }
}

/**
 * A browser adds the password to whatever any site sends here, and says where it comes from. A client that says
 * nothing is no browser.
 */
function comesFromTheBoard({ origin, host, 'sec-fetch-site': site }: FastifyRequest['headers']): boolean {
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
