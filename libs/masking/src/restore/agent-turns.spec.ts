import fc from 'fast-check';
import { MemoryState } from '../state/memory-state.fixture';
import { ReplyLedger } from '../ledger/reply-ledger';
import { TenantMasker } from '../masking.fixture';
import { AGENT_DIALECTS, type AgentDialect, type Written } from './agent-turns.fixture';
import { optionsFor } from './restore.fixture';
import { cut, restoreChunks, type Json } from './streams.fixture';

const TURNS = 10;
const TOKEN = /MSK[A-Z][A-Z0-9]{3}[0-9A-HJKMNP-TV-Z]{13}/g;

/** What the client says first: values that detectors find, and one that only its context tells. */
const FIRST =
  'Read s3://acme-prod-1/x and mail alice@example.com; the password is hunter2-weak.\npassword=hunter2-weak';
/** What a tool returns: in each turn something new, and something that was there before. */
const resultOf = (turn: number): string =>
  `owner=user${turn}@corp.example at 10.0.0.${turn + 1}, bucket acme-prod-1 again`;

/** A model that repeats what it has read as it pleases, and invents addresses of its own. */
function write(masked: string, turn: number): Written {
  const tokens = [...new Set(masked.match(TOKEN))];
  const pick = (offset: number): string => tokens[(turn * 3 + offset) % tokens.length] as string;
  const nested = JSON.stringify({ who: pick(2), mine: `bot${turn}@model.example`, n: 1 });
  return {
    thinking: `think of ${pick(0)}`,
    text: `I see ${pick(0)}, ${pick(1).toLowerCase()} and write to me${turn}@model.example: ${tokens.join(' ')}`,
    args: `{"cmd":"grep ${pick(1)} *","weak":"${tokens[0]}","own":"own${turn}@model.example","nested":${JSON.stringify(nested)},"list":["${pick(3)}",12345678901234567890,"a\\u0041"]}`,
    callId: `call_${turn}`,
  };
}

async function converse(dialect: AgentDialect, sizes: readonly number[]): Promise<void> {
  const { endpoint, list } = dialect;
  const tenant = new TenantMasker();
  const ledger = new ReplyLedger(new MemoryState(), 3600);
  const history: Json[] = dialect.user(FIRST);
  /** What the provider has seen of the conversation, as JSON without its end. */
  let seen = '';
  /** What the model wrote, as a client would have kept it. */
  const wrote: Json[][] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const draft = tenant.masker.read(endpoint, JSON.stringify({ [list]: history }));
    const masked = draft.mask(tenant.scope, await ledger.recall(tenant.scope, draft.modelTexts));
    expect(masked.text.startsWith(seen)).toBe(true);
    for (const value of ['acme-prod-1', 'alice@', '@corp.example', '10.0.0.', 'hunter2'])
      expect(masked.text).not.toContain(value);
    const messages = (JSON.parse(masked.text) as Record<string, Json[]>)[list] as Json[];
    for (const [index, message] of wrote.flat().entries()) expect(messages).toContainEqual(message ?? index);
    seen = masked.text.slice(0, -2);

    const stream = dialect.stream(write(masked.text, turn));
    wrote.push(dialect.collect(Buffer.from(stream)));
    const options = optionsFor(masked.grants, { needsMemory: (text) => tenant.masker.finds(text) });
    const { bytes, restorer } = restoreChunks(endpoint, options, cut(Buffer.from(stream), sizes));
    const kept = dialect.collect(bytes);
    expect(JSON.stringify(kept)).toContain('alice@example.com');
    await ledger.remember(tenant.scope, restorer.texts);
    history.push(...kept, ...dialect.toolResult(`call_${turn}`, resultOf(turn)));
  }
}

describe.each(AGENT_DIALECTS)('ten turns of an agent in $endpoint', (dialect) => {
  it('send what the model wrote to the letter, and change nothing that was sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 }), (sizes) =>
        converse(dialect, sizes),
      ),
      { numRuns: 2 },
    );
  });
});
