import { anthropicReply, anthropicStream, openAiReply, openAiStream, type RecordedRequest } from '@sallyport/testing';

interface EchoRequest {
  readonly stream?: boolean;
  readonly messages: { readonly content: string }[];
}

let replies = 0;

/** Says back what was asked, under an id of its own as real upstreams do; streams come in pieces of 5 characters. */
export function echoChat(request: RecordedRequest): EchoReply {
  const { stream, messages } = JSON.parse(request.body.toString()) as EchoRequest;
  const text = messages.at(-1)?.content ?? '';
  if (stream === true) return { chunks: withOwnId(openAiStream(piecesOf(text)), 'chatcmpl-scripted') };
  return { chunks: withOwnId([JSON.stringify(openAiReply(text))], 'chatcmpl-scripted'), headers: JSON_TYPE };
}

export function echoMessages(request: RecordedRequest): EchoReply {
  const { stream, messages } = JSON.parse(request.body.toString()) as EchoRequest;
  const text = messages.at(-1)?.content ?? '';
  if (stream === true) return { chunks: withOwnId(anthropicStream(piecesOf(text)), 'msg_scripted') };
  return { chunks: withOwnId([JSON.stringify(anthropicReply(text))], 'msg_scripted'), headers: JSON_TYPE };
}

export interface EchoReply {
  readonly chunks: readonly string[];
  readonly headers?: Record<string, string>;
}

const JSON_TYPE = { 'content-type': 'application/json' };

function piecesOf(text: string): string[] {
  return text.match(/.{1,5}/gsu) ?? [];
}

function withOwnId(chunks: readonly (string | Uint8Array)[], id: string): string[] {
  replies += 1;
  return chunks.map((chunk) => Buffer.from(chunk).toString().replaceAll(id, `${id}-${replies}`));
}
