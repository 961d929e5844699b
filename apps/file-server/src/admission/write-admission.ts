import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FileServerSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FileMetrics } from '../metrics/file-metrics';
import { FILE_SERVER_SETTINGS } from '../settings';
import { WriteGate, type WriteSeat } from './write-gate';

const WRITE_ROUTE = '/v1/files';

/** Gives each write its seat before its body is received. */
@Injectable()
export class WriteAdmission implements OnModuleInit {
  private readonly gate: WriteGate;
  private readonly seats = new WeakMap<FastifyRequest, WriteSeat>();

  constructor(
    @Inject(FILE_SERVER_SETTINGS) private readonly settings: FileServerSettings,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(FileMetrics) metrics: FileMetrics,
  ) {
    this.gate = new WriteGate(settings, (reason) => metrics.refused(reason));
    metrics.watchGate(this.gate);
  }

  onModuleInit(): void {
    this.host.httpAdapter.getInstance<FastifyInstance>().addHook('onRequest', (request, reply, done) => {
      if (request.method !== 'POST' || request.routeOptions.url !== WRITE_ROUTE) return done();
      try {
        this.admit(request, reply);
        done();
      } catch (error) {
        done(error as SallyportError);
      }
    });
  }

  /** The seat that a write was given. */
  seatOf(request: FastifyRequest): WriteSeat {
    const seat = this.seats.get(request);
    if (seat === undefined) throw new SallyportError('internal', 'The write has no seat');
    return seat;
  }

  private admit(request: FastifyRequest, reply: FastifyReply): void {
    const seat = this.gate.admit(this.bodyBytes(request));
    this.seats.set(request, seat);
    reply.raw.once('close', () => seat.leave());
  }

  /** A longer body than allowed is refused unread; one of unknown length may become as long as is allowed. */
  private bodyBytes({ headers }: FastifyRequest): number {
    const { maxBodyBytes } = this.settings;
    return Math.min(Number(headers['content-length'] ?? maxBodyBytes), maxBodyBytes);
  }
}
