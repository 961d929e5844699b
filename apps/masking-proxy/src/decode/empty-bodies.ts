import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

/** Some SDKs name a content type on every call, also on those without a body, such as a cancellation. */
@Injectable()
export class EmptyBodies implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  /** Without a content type nothing tries to read a body that is not there. */
  onModuleInit(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onRequest', ({ headers }, _reply, done) => {
      if (headers['content-length'] === '0') delete headers['content-type'];
      done();
    });
  }
}
