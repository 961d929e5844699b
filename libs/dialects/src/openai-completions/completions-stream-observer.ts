import { textOf, type JsonObject } from '../json/json-value';
import { ChunkStreamObserver } from '../openai-chat/chunk-stream-observer';

/** Puts a completion together from its chunks, whose choices hold `text`. */
export class CompletionsStreamObserver extends ChunkStreamObserver {
  protected emptyChoice(): JsonObject {
    return { text: '' };
  }

  protected grow(choice: JsonObject, part: JsonObject): void {
    choice['text'] = (textOf(choice['text']) ?? '') + (textOf(part['text']) ?? '');
  }
}
