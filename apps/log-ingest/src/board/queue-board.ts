import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { LogIngestSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { deadLetterQueueName } from '@sallyport/logging';
import type { QueueBackend } from '@sallyport/stores';
import type { FastifyInstance } from 'fastify';
import type { LogIngest } from '../ingest/log-ingest';
import { LOG_INGEST } from '../ingest/log-ingest.token';
import { LOG_INGEST_SETTINGS } from '../settings';
import { checkBoardRequest } from './board-access';
import { acceptBrowserLogin } from './browser-login';
import { summariseJob } from './job-summary';

/** Where the board is. */
const BOARD_PATH = '/queues';

/** The page names a font of another site; nothing is fetched from, or sent to, anybody but this process. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Bull Board at `/queues`: the queue and the dead letters in a browser, without the content of records. */
@Injectable()
export class QueueBoard implements OnModuleInit {
  private readonly fastify: FastifyInstance;

  constructor(
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Inject(LOG_INGEST) private readonly ingest: Pick<LogIngest, 'backend'>,
    @Inject(LOG_INGEST_SETTINGS) private readonly settings: LogIngestSettings,
  ) {
    this.fastify = host.httpAdapter.getInstance<FastifyInstance>();
    // Here, not later: keys are checked by a hook that is added once all providers are made.
    acceptBrowserLogin(this.fastify, isBoardRoute);
  }

  async onModuleInit(): Promise<void> {
    const board = await openBoard(this.ingest.backend, this.settings);
    // Not awaited: that would end the making of the app before its handler of failures is there.
    void this.fastify.register(
      async (scope) => {
        this.guard(scope);
        await scope.register(board);
      },
      { prefix: BOARD_PATH },
    );
  }

  private guard(scope: FastifyInstance): void {
    scope.addHook('onRequest', (request, reply, done) => {
      const route = (request.routeOptions.url ?? '').slice(BOARD_PATH.length) || '/';
      reply.header('content-security-policy', CONTENT_SECURITY_POLICY).header('referrer-policy', 'no-referrer');
      if (route.startsWith('/api/')) reply.header('cache-control', 'no-store');
      checkBoardRequest(request, route, this.settings.queuesReadOnly);
      if (route.startsWith('/api/') && !this.ingest.backend.isReady()) {
        throw new SallyportError('unavailable', 'The queue is away', { retryable: true });
      }
      done();
    });
  }
}

function isBoardRoute(route: string): boolean {
  return route === BOARD_PATH || route.startsWith(`${BOARD_PATH}/`);
}

type BoardPlugin = (fastify: FastifyInstance, options: object, done: () => void) => void;

/** Loaded here and not with the app's other modules, which commands of the terminal share. */
async function openBoard(backend: QueueBackend, settings: LogIngestSettings): Promise<BoardPlugin> {
  const [{ createBullBoard }, { BullMQAdapter }, { FastifyAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/fastify'),
  ]);
  const { name } = settings.queue;
  const queues = [name, deadLetterQueueName(name)].map((queueName) => {
    const readOnlyMode = settings.queuesReadOnly;
    const adapter = new BullMQAdapter(backend.openBoardQueue(queueName), { readOnlyMode });
    adapter.setFormatter('data', summariseJob);
    return adapter;
  });
  const server = new FastifyAdapter().setBasePath(BOARD_PATH);
  createBullBoard({ queues, serverAdapter: server, options: { uiConfig: { boardTitle: 'Sallyport queues' } } });
  // Thrown on, it is answered as every other failure of the app is.
  server.setErrorHandler((error) => {
    throw error;
  });
  return server.registerPlugin();
}
