export { checkStream, type StreamDialect } from './grammar/check-stream';
export {
  anthropicBlockStream,
  anthropicReply,
  anthropicStream,
  type ScriptedBlock,
} from './upstream/anthropic-replies';
export { FakeHttp, type FakeHttpReply, type FakeHttpRequest } from './upstream/fake-http';
export { openAiDeltaStream, openAiReply, openAiStream } from './upstream/openai-replies';
export {
  responsesItemReply,
  responsesItemStream,
  responsesReply,
  responsesStream,
  type ScriptedItem,
} from './upstream/responses-replies';
export type {
  ChunkedReply,
  RecordedRequest,
  ReplyScript,
  ResetReply,
  ScriptedReply,
  WholeReply,
} from './upstream/scripted-reply';
export { ScriptedUpstream } from './upstream/scripted-upstream';
export { CutProxy } from './network/cut-proxy';
export type { CutPoint } from './network/cut-link';
export { freePort } from './network/free-port';
export { startRedis, type RedisServer, type RedisServerOptions } from './redis/redis-server';
export { until } from './until';
