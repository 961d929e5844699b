import { createServer } from 'node:http';
import { announce } from './ready';

const COMPLETION = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 0,
    model: 'bench',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello '.repeat(40) }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 40, total_tokens: 50 },
  }),
);
const EVENTS = 100;
const chunk = (delta: object, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 0, model: 'bench', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;

/** The fastest upstream there can be: reads the request, answers from memory; `stream` in the body asks for events. */
const server = createServer((request, response) => {
  let streams = false;
  request.on('data', (bytes: Buffer) => (streams ||= bytes.includes('"stream":true')));
  request.on('end', () => {
    if (!streams) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': COMPLETION.length });
      response.end(COMPLETION);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let sent = 0;
    const timer = setInterval(() => {
      sent += 1;
      response.write(chunk({ content: 'token ' }));
      if (sent < EVENTS) return;
      clearInterval(timer);
      response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
    }, 1);
    response.on('close', () => clearInterval(timer));
  });
});
server.listen(0, '127.0.0.1', () => announce(server));
