import { Readable } from 'node:stream';
import type { HttpReply } from '@sallyport/providers';
import type { FastifyReply } from 'fastify';
import { returnHeaders } from './forwarded-headers';

/** Sends an upstream's answer to the client as the bytes that come. */
export async function passReply({ status, headers, body }: HttpReply, reply: FastifyReply): Promise<void> {
  returnHeaders(headers, reply.status(status), true);
  await reply.send(Readable.from(body, { objectMode: false }));
}
