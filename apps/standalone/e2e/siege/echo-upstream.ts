import {
  anthropicReply,
  anthropicStream,
  openAiReply,
  openAiStream,
  responsesReply,
  responsesStream,
  ScriptedUpstream,
  type RecordedRequest,
  type ScriptedReply,
} from '@sallyport/testing';
import { askedIn, replyTo } from './call-plan';

interface EchoRequest {
  readonly stream?: boolean;
  readonly input?: unknown;
  readonly messages?: readonly { readonly content: unknown }[];
}

const PIECES = 6;

/** An upstream of all dialects whose replies follow from the prompts, each under an id of its own. */
export async function startEchoUpstream(): Promise<ScriptedUpstream> {
  const upstream = await ScriptedUpstream.start();
  let replies = 0;
  upstream.script((request) => {
    // A siege may be long: what was asked is in the records.
    upstream.requests.length = 0;
    replies += 1;
    return answer(request, replies);
  });
  return upstream;
}

function answer({ path, body }: RecordedRequest, number: number): ScriptedReply {
  const request = JSON.parse(body.toString()) as EchoRequest;
  const text = replyTo(askedIn(textIn(request.input ?? request.messages?.at(-1)?.content)));
  const own = (frame: string): string =>
    frame.replaceAll('_scripted', `_${number}`).replaceAll('-scripted"', `-${number}"`);
  if (request.stream !== true) {
    const reply = path.includes('responses')
      ? responsesReply(text)
      : path.includes('messages')
        ? anthropicReply(text)
        : openAiReply(text);
    return { headers: { 'content-type': 'application/json' }, body: own(JSON.stringify(reply)) };
  }
  const parts = piecesOf(text);
  const stream = path.includes('responses')
    ? responsesStream(parts)
    : path.includes('messages')
      ? anthropicStream(parts)
      : openAiStream(parts);
  return { chunks: stream.map(own), delayMs: 2 };
}

/** The text of a prompt in any of its forms. */
function textIn(prompt: unknown): string {
  if (typeof prompt === 'string') return prompt;
  const [part] = prompt as readonly { text?: string; content?: unknown }[];
  return part?.text ?? textIn(part?.content);
}

function piecesOf(text: string): string[] {
  const size = Math.ceil(text.length / PIECES);
  return Array.from({ length: PIECES }, (_, index) => text.slice(index * size, (index + 1) * size));
}
