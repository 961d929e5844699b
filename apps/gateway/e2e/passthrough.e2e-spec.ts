import { toFile } from 'openai';
import { endpointStage } from './endpoint-stage';

const AUDIO = Buffer.from([0x49, 0x44, 0x33, 0, 255, 13, 10, 0x80]);

describe('endpoints that are passed on', () => {
  const stage = endpointStage();
  const { answer, called, post, seen } = stage;

  it('passes images, moderations and rerankings on', async () => {
    answer({ body: { created: 1, data: [{ b64_json: 'AAAA' }] } });
    const image = await stage.openai.images.generate({ model: 'gpt/image', prompt: 'a port' });
    expect([called(), image.data?.[0]?.b64_json]).toEqual(['POST /v1/images/generations', 'AAAA']);
    expect(JSON.parse(String(seen().body))).toEqual({ model: 'image', prompt: 'a port' });
    stage.upstream.requests.length = 0;
    answer({ body: { id: 'm', model: 'm', results: [{ flagged: false }] } });
    const moderation = await stage.openai.moderations.create({ model: 'gpt', input: 'hi' });
    expect([called(), moderation.results[0]?.flagged]).toEqual(['POST /v1/moderations', false]);
    for (const path of ['/rerank', '/v1/rerank', '/v2/rerank']) {
      stage.upstream.requests.length = 0;
      answer({ body: { results: [{ index: 0, relevance_score: 1 }] } });
      const reply = await post(path, { model: 'gpt', query: 'q', documents: ['d'] });
      expect([called(), reply.status]).toEqual(['POST /v1/rerank', 200]);
    }
  });

  it('passes speech on, byte for byte', async () => {
    answer({ headers: { 'content-type': 'audio/mpeg' }, body: AUDIO });
    const speech = await stage.openai.audio.speech.create({ model: 'gpt', input: 'hi', voice: 'alloy' });
    expect(speech.headers.get('content-type')).toBe('audio/mpeg');
    expect(Buffer.from(await speech.arrayBuffer()).equals(AUDIO)).toBe(true);
    expect(stage.gateway.records).toMatchObject([{ status: 'success' }]);
  });

  it('passes forms on with the upstream’s model name and the file’s own bytes', async () => {
    answer({ body: { text: 'hello' } });
    const file = await toFile(AUDIO, 'model.wav');
    const { text } = await stage.openai.audio.transcriptions.create({ model: 'gpt/whisper', file, language: 'de' });
    expect([called(), text]).toEqual(['POST /v1/audio/transcriptions', 'hello']);
    const { headers, body } = seen();
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': String(headers['content-type']) },
    }).formData();
    expect([form.get('model'), form.get('language')]).toEqual(['whisper', 'de']);
    const sent = form.get('file') as unknown as File;
    expect(Buffer.from(await sent.arrayBuffer()).equals(AUDIO)).toBe(true);
    expect(headers['authorization']).toBe('Bearer upstream-key');
  });

  it('passes image edits, variations and translations on', async () => {
    const file = await toFile(AUDIO, 'a.png', { type: 'image/png' });
    const paths = [];
    for (const call of [
      () => stage.openai.images.edit({ model: 'gpt', image: file, prompt: 'x' }),
      () => stage.openai.images.createVariation({ model: 'gpt', image: file }),
      () => stage.openai.audio.translations.create({ model: 'gpt', file }),
    ]) {
      stage.upstream.requests.length = 0;
      answer({ body: { text: 'x', created: 1, data: [] } });
      await call();
      paths.push(called());
    }
    expect(paths).toEqual(['POST /v1/images/edits', 'POST /v1/images/variations', 'POST /v1/audio/translations']);
  });
});
