import { bodyOf, CALL_FORMS, isWhole, streamedTextOf, textOf } from './call-forms';
import { replyTo, type CallPlan } from './call-plan';

/** Only ends what hangs: no call of a siege takes nearly so long. */
const HANGS_AFTER_MS = 90_000;

/**
 * How a call ended as its client saw it: `complete` with the right reply, `wrong` with another one, `refused` by a
 * status, `broken` on the way, `left` by the client, or `hung`.
 */
export type CallFate = 'complete' | 'wrong' | 'refused' | 'broken' | 'left' | 'hung';

export interface MadeCall {
  readonly plan: CallPlan;
  readonly fate: CallFate;
  /** Undefined when not even the head of a reply arrived. */
  readonly callId: string | undefined;
  readonly gateway: string;
  readonly endedAt: number;
  readonly status: number | undefined;
}

/** Makes one call. Never rejects: what fails is a fate. */
export async function makeCall(plan: CallPlan, gateway: string, key: string): Promise<MadeCall> {
  const leave = new AbortController();
  const timer = setTimeout(() => leave.abort('hung'), HANGS_AFTER_MS);
  const seen: SeenReply = { text: '', pieces: 0 };
  try {
    await receive(plan, gateway, key, seen, leave);
    seen.ended = true;
  } catch {
    // Broken, unless what has arrived says otherwise.
  } finally {
    clearTimeout(timer);
  }
  const fate = fateOf(plan, seen, leave.signal.reason);
  return { plan, fate, callId: seen.callId, gateway, endedAt: Date.now(), status: seen.status };
}

interface SeenReply {
  text: string;
  pieces: number;
  callId?: string;
  status?: number;
  ended?: boolean;
}

async function receive(plan: CallPlan, gateway: string, key: string, seen: SeenReply, leave: AbortController) {
  const reply = await fetch(`${gateway}${CALL_FORMS[plan.kind].path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: bodyOf(plan),
    signal: leave.signal,
  });
  seen.status = reply.status;
  const callId = reply.headers.get('x-litellm-call-id');
  if (callId !== null) seen.callId = callId;
  const decoder = new TextDecoder();
  for await (const bytes of reply.body ?? []) {
    if (plan.leavesAfter === seen.pieces) leave.abort('left');
    seen.text += decoder.decode(bytes as Uint8Array, { stream: true });
    seen.pieces += 1;
  }
}

function fateOf(plan: CallPlan, { text, status, ended }: SeenReply, left: unknown): CallFate {
  if (status !== undefined && status !== 200) return 'refused';
  if (plan.streamed ? isWhole(plan.kind, text) : ended === true) {
    return replyIn(plan, text) === replyTo(plan) ? 'complete' : 'wrong';
  }
  return left === 'left' || left === 'hung' ? left : 'broken';
}

/** Undefined when it cannot be read. */
function replyIn({ kind, streamed }: CallPlan, text: string): string | undefined {
  try {
    return streamed ? streamedTextOf(kind, text) : textOf(kind, JSON.parse(text));
  } catch {
    return undefined;
  }
}
