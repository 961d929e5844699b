import { readStopReason, writeStop } from '../anthropic-messages/messages-stop-reason';
import type { Dialect } from '../dialect';
import { upstreamErrorBody } from '../errors/upstream-error-body';
import { objectOf } from '../json/json-value';
import { readFinishReason, writeFinishReason } from '../openai-chat/chat-stop-reason';
import { incompleteReason } from '../openai-responses/response-object';
import type { StopReason } from '../reply/assistant-reply';
import { code, markdownTable } from './markdown-table';

const UNKNOWN = 'anything else';
const FINISH_REASONS = ['stop', 'length', 'tool_calls', 'function_call', 'content_filter', UNKNOWN];
const STOP_REASONS = [
  ...['end_turn', 'stop_sequence', 'pause_turn', 'max_tokens', 'model_context_window_exceeded', 'tool_use', 'refusal'],
  UNKNOWN,
];
const STATUSES = [400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 529];

/** What becomes of stop reasons and errors, as the code says it, by name. */
export function replyTables(): Record<string, string> {
  return {
    'finish-reasons': stopTable('`finish_reason` of chat', FINISH_REASONS, (reason) => readFinishReason(reason, false)),
    'stop-reasons': stopTable('`stop_reason` of Messages', STOP_REASONS, (reason) => readStopReason(reason, false)),
    errors: markdownTable(
      ['status', 'Anthropic’s `error.type`', 'OpenAI’s `error.type`'],
      STATUSES.map((status) => [
        String(status),
        code(errorType('anthropic-messages', status)),
        code(errorType('openai-chat', status)),
      ]),
    ),
  };
}

function stopTable(title: string, reasons: readonly string[], read: (reason: string) => StopReason): string {
  const rows = reasons.map((reason) => {
    const stop = read(reason);
    const incomplete = incompleteReason(stop);
    return [
      reason === UNKNOWN ? reason : code(reason),
      code(writeFinishReason(stop)),
      code(writeStop(stop, undefined, '', 'refusal').stop_reason),
      incomplete === undefined ? code('completed') : `${code('incomplete')}, ${code(incomplete)}`,
    ];
  });
  return markdownTable([title, 'chat', 'Messages', 'Responses'], rows);
}

function errorType(dialect: Dialect, status: number): string {
  const error = { status, message: '', type: '', param: null, code: null };
  return String(objectOf(objectOf(upstreamErrorBody(dialect, error, ''))['error'])['type']);
}
