import { TenantMasker } from './masking.fixture';

const masker = new TenantMasker();

describe('a value that its context has told', () => {
  const bucket = 'acme-prod-1';
  const arn = 'arn:aws:iam::123456789012:role/PayrollAdmin';
  const history = [
    { role: 'user', content: `read s3://${bucket}/x as ${arn}` },
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 't', name: 'list', input: { bucket, role: 'PayrollAdmin' } }],
    },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 't', content: `owner 123456789012 of ${bucket}: done` }],
    },
  ];

  it('is masked wherever it stands alone in the same text', () => {
    const text = 's3cr3t-Pa55w0rd!9? DB_PASSWORD=s3cr3t-Pa55w0rd!9 then type s3cr3t-Pa55w0rd!9 and s3cr3t-Pa55w0rd!99';
    const token = /MSK\w{17}/.exec(masker.maskText(text).masked)?.[0] ?? '';
    const masked = `${token}? DB_PASSWORD=${token} then type ${token} and s3cr3t-Pa55w0rd!99`;
    expect(masker.maskText(text).masked).toBe(masked);
    const messages = [{ role: 'user', content: text }];
    const body = masker.maskBody('openai-chat', JSON.stringify({ model: 'm', messages })).text;
    expect(JSON.parse(body)).toMatchObject({ messages: [{ content: masked }] });
  });

  it('is masked wherever it stands alone later, by the same token', () => {
    const { text, grants } = masker.maskBody('anthropic-messages', JSON.stringify({ messages: history }));
    for (const value of [bucket, '123456789012', 'PayrollAdmin']) expect(text).not.toContain(value);
    expect(grants.size).toBe(3);
  });

  it('is masked inside the arguments of a tool', () => {
    const call = { id: 't', type: 'function', function: { name: 'f', arguments: JSON.stringify({ Bucket: bucket }) } };
    const messages = [history[0], { role: 'assistant', tool_calls: [call] }];
    expect(masker.maskBody('openai-chat', JSON.stringify({ messages })).text).not.toContain(bucket);
  });

  it('changes nothing that was sent before it was told', () => {
    const earlier = { role: 'user', content: `what is in ${bucket}?` };
    const first = masker.maskBody('openai-chat', JSON.stringify({ messages: [earlier] })).text;
    const later = masker.maskBody('openai-chat', JSON.stringify({ messages: [earlier, history[0]] })).text;
    expect(later.startsWith(first.slice(0, -2))).toBe(true);
  });

  it('is not looked for inside longer words, nor when it is a common word', () => {
    const messages = [
      { role: 'user', content: `s3://${bucket}/ and s3://logs/` },
      { role: 'user', content: `x${bucket} ${bucket}0 read the logs` },
    ];
    expect(masker.maskBody('openai-chat', JSON.stringify({ messages })).text).toContain(
      `x${bucket} ${bucket}0 read the logs`,
    );
  });
});
