import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { encodeSseEvent } from '@sallyport/dialects';

/** Small and odd, so that every token of the masking proxy is cut several times. */
const PIECE_LENGTH = 5;

/** A model provider for the demonstration: keeps what it is sent and says it back, streamed in small pieces. */
export interface RecordingUpstream {
  readonly url: string;
  /** Bodies of the requests so far, as they arrived. */
  readonly bodies: readonly string[];
  close(): void;
}

export async function startRecordingUpstream(): Promise<RecordingUpstream> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        bodies.push(body);
        sayBack(body, response);
      },
      (error: Error) => response.destroy(error),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function sayBack(body: string, response: ServerResponse): void {
  const { model, messages } = JSON.parse(body) as { model: string; messages: { content: string }[] };
  const content = messages.at(-1)?.content ?? '';
  const head = { id: 'chatcmpl-demo', object: 'chat.completion.chunk', created: 0, model };
  const chunk = (delta: object, finish_reason: string | null): Uint8Array =>
    encodeSseEvent(JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason }] }));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk({ role: 'assistant', content: '' }, null));
  for (let at = 0; at < content.length; at += PIECE_LENGTH) {
    response.write(chunk({ content: content.slice(at, at + PIECE_LENGTH) }, null));
  }
  response.write(chunk({}, 'stop'));
  response.end(encodeSseEvent('[DONE]'));
}
