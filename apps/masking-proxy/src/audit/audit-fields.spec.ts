import {
  createReplyRestorer,
  DEFAULT_FETCH_TOOLS,
  Masker,
  readMaskingPolicy,
  type MaskedBody,
} from '@sallyport/masking';
import { MaskingKeys } from '../masking-key/masking-keys';
import { maskedCounts, replyFields, requestFields } from './audit-fields';

const scope = new MaskingKeys([Buffer.from('key')]).scope('tenant');

function mask(content: string, policies: Record<string, string> = {}, reportOnly = false): MaskedBody {
  const read = readMaskingPolicy({ policies: new Map(Object.entries(policies)), reportOnly, rules: undefined });
  const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] });
  return new Masker(read).read('openai-chat', body).mask(scope);
}
const TEXT = 'a@example.com b@example.com vpc-1a2b3c4d 10.20.30.40';

describe('what a request holds', () => {
  it('is told by kinds and counts', () => {
    const { decisions } = mask(TEXT, { ip: 'one-way', 'aws-resource-id': 'allow' });
    expect(maskedCounts(decisions)).toBe('email=2,ip=1');
    expect(requestFields(decisions)).toEqual({
      masked: 'email=2,ip=1',
      masked_one_way: 'ip=1',
      allowed: 'aws-resource-id=1',
    });
  });

  it('is told where nothing is masked', () => {
    expect([maskedCounts(mask('hello').decisions), requestFields(mask('hello').decisions)]).toEqual(['', {}]);
    const { decisions } = mask(TEXT, {}, true);
    expect(maskedCounts(decisions)).toBe('');
    expect(requestFields(decisions)).toEqual({ reported: 'email=2,aws-resource-id=1,ip=1' });
  });
});

describe('what became of a reply', () => {
  it('is told by kinds and counts', () => {
    const { grants, text } = mask('key AKIAQ3EGT5RZ2MNB7KLP of a@example.com');
    const [key, mail] = text.match(/MSK\w{17}/g) ?? [];
    const sinks = { fetchTools: DEFAULT_FETCH_TOOLS };
    const restorer = createReplyRestorer('openai-chat', { grants, sinks, needsMemory: () => false });
    const call = { id: 'c', type: 'function', function: { name: 'web_fetch', arguments: JSON.stringify({ key }) } };
    const content = `${mail} ${mail} MSKMAIL0000000000000`;
    restorer.body(
      JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content, tool_calls: [call] } }] }),
    );
    expect(replyFields(restorer.outcomes)).toEqual({
      restored: 'email=2',
      withheld: 'aws-access-key-id=1',
      unknown_tokens: '1',
    });
  });
});
