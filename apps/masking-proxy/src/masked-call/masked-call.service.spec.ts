import type { FastifyReply, FastifyRequest } from 'fastify';
import type { UpstreamClient } from '../forward/upstream-client';
import { MaskedCallService } from './masked-call.service';
import type { ReplyRestoration } from './reply-restoration';
import type { RequestMasking } from './request-masking';

describe(MaskedCallService.name, () => {
  it('hears of closed connections before it sends what took long to mask', async () => {
    const events: string[] = [];
    const requests = {
      mask: () => {
        setTimeout(() => events.push('closed'), 0);
        const until = performance.now() + 600;
        while (performance.now() < until);
        return Promise.resolve({ body: new Uint8Array(), decisions: { masked: new Map() } });
      },
    } as unknown as RequestMasking;
    const upstream = { send: () => Promise.resolve(events.push('sent')) } as unknown as UpstreamClient;
    const replies = { send: () => Promise.resolve(events.push('answered')) } as unknown as ReplyRestoration;
    const service = new MaskedCallService(requests, upstream, replies);
    await service.handle('openai-chat', { url: '/v1/chat/completions' } as FastifyRequest, {} as FastifyReply);
    expect(events).toEqual(['closed', 'sent', 'answered']);
  });
});
