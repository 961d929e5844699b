import { BlockedByPolicyError } from '../mask/blocked-by-policy-error';
import { TenantMasker } from '../masking.fixture';
import { DecisionCounts } from './masking-policy';
import { readMaskingPolicy } from './read-masking-policy';

const read = (rules: unknown, policies: Record<string, string> = {}, reportOnly = false) =>
  readMaskingPolicy({ policies: new Map(Object.entries(policies)), reportOnly, rules });

/** A masker with what the configuration says. */
function maskerOf(...given: Parameters<typeof read>): TenantMasker {
  const { problems, ...options } = read(...given);
  expect(problems).toEqual({ policies: [], rules: [] });
  return new TenantMasker(undefined, options);
}

const bodyOf = (text: string): string => JSON.stringify({ messages: [{ role: 'user', content: text }] });

describe('rules of the configuration', () => {
  const rules = {
    rules: [
      { name: 'ticket', pattern: '\\bACME-(\\d{4,8})\\b', group: 1, keywords: ['ACME-'] },
      { name: 'project', pattern: '(?i)project (red|blue)', action: 'one-way' },
    ],
  };

  it('find what they say, by their own kind', () => {
    const { findings } = maskerOf(rules).maskText('acme-12 ACME-12345 and Project Blue');
    expect(findings).toEqual([
      { kind: 'own-ticket', start: 13, end: 18 },
      { kind: 'own-project', start: 23, end: 35 },
    ]);
  });

  it('have tokens that are restored, unless the rule says otherwise', () => {
    const { text, grants } = maskerOf(rules).maskBody('openai-chat', bodyOf('ACME-12345, project red'));
    const [ticket, project] = text.match(/MSKOWNX[0-9A-Z]{13}/g) ?? [];
    expect([grants.get(ticket ?? '')?.value, project === undefined, grants.size]).toEqual(['12345', false, 1]);
  });

  it('name what a built-in detector finds too', () => {
    const { findings } = maskerOf({ rules: [{ name: 'mail', pattern: '\\w+@acme\\.com' }] }).maskText('jo@acme.com');
    expect(findings.map(({ kind }) => kind)).toEqual(['own-mail']);
  });

  it('come to an end on a pattern and a text made to hang', () => {
    const masker = maskerOf({ rules: [{ name: 'slow', pattern: '(a+)+b' }] });
    expect(masker.maskText('a'.repeat(100_000)).findings).toEqual([]);
  });

  it.each([
    [{ rules: [{ name: 'x', pattern: 'a*' }] }, 'rules.0: the pattern matches the empty text, and so everywhere'],
    [{ rules: [{ name: 'x', pattern: '(' }] }, /^rules\.0: the pattern is not valid \(.*missing closing \)/],
    [{ rules: [{ name: 'x', pattern: '(?=a)b' }] }, /^rules\.0: the pattern is not valid/],
    [{ rules: [{ name: 'x', pattern: 'a', group: 1 }] }, 'rules.0: the pattern has no group 1'],
    [{ rules: [{ name: 'X y', pattern: 'a' }] }, 'rules.0.name: must be lower-case letters, digits and dashes'],
    [{ rules: [{ name: 'x', pattern: 'a', colour: 1 }] }, /^rules\.0: Unrecognized key: "colour"/],
    [
      {
        rules: [
          { name: 'x', pattern: 'a' },
          { name: 'x', pattern: 'b' },
        ],
      },
      'rules.1.name: x is taken',
    ],
    [{ allow: { patterns: ['('] } }, /^allow\.patterns\.0: the pattern is not valid/],
    [[], /^the file: /],
    ['text', /^the file: /],
  ])('%j is told to be wrong', (rules, problem) => {
    expect(read(rules).problems).toEqual({ policies: [], rules: [expect.stringMatching(problem) as string] });
  });
});

describe('exceptions', () => {
  it('let values leave, as a whole only', () => {
    const masker = maskerOf({ allow: { values: ['10.1.2.3', 'ops@acme.com'], patterns: ['[a-z]+@public\\.org'] } });
    const text = 'ops@acme.com x@public.org dev.ops@acme.com a.x@public.org.uk';
    expect(masker.maskText(text).findings.map(({ start, end }) => text.slice(start, end))).toEqual([
      'dev.ops@acme.com',
      'a.x@public.org.uk',
    ]);
  });
});

describe('policies', () => {
  const text = 'mail jo@acme.com about i-0123456789abcdef0 and AKIAIOSFODNN7EXAMPLE';
  const body = bodyOf(text);

  it('leave what is allowed, and count it', () => {
    const masked = maskerOf(undefined, { email: 'allow' }).maskBody('openai-chat', body);
    expect(masked.text).toContain('jo@acme.com');
    expect(masked.text).not.toContain('i-0123456789abcdef0');
    expect([...masked.decisions]).toContainEqual({ kind: 'email', decision: 'allow', count: 1 });
  });

  it('grant nothing for what is masked one way', () => {
    const masked = maskerOf(undefined, { email: 'one-way' }).maskBody('openai-chat', body);
    expect(masked.text).toMatch(/mail MSKMAIL\w{13} about/);
    expect([...masked.grants.entries()].map(([, { kind }]) => kind)).toEqual(['aws-resource-id', 'aws-access-key-id']);
  });

  it('refuse what is blocked, naming the kinds and no value', () => {
    const masker = maskerOf(undefined, { 'aws-access-key-id': 'block' });
    expect(() => masker.maskBody('openai-chat', body)).toThrow(
      new BlockedByPolicyError(['aws-access-key-id'], new DecisionCounts()),
    );
  });

  it('change nothing when there is only a report to make', () => {
    const masked = maskerOf(undefined, { email: 'block' }, true).maskBody('openai-chat', body);
    expect(masked.text).toBe(body);
    expect([masked.grants.size, masked.decisions.masked.size]).toEqual([0, 0]);
    expect([...masked.decisions].every(({ decision, count }) => decision === 'report' && count === 1)).toBe(true);
  });

  it('are told to be wrong when they name an unknown kind or action', () => {
    expect(read(undefined, { emails: 'allow', email: 'hide', 'own-x': 'block' }).problems).toEqual({
      policies: [
        'emails: no such kind',
        'email: must be one of reversible, one-way, block, allow',
        'own-x: no such kind',
      ],
      rules: [],
    });
  });

  it('may name a rule of the configuration', () => {
    const rules = { rules: [{ name: 'x', pattern: 'xyz' }] };
    expect(read(rules, { 'own-x': 'block' }).policy.actions.get('own-x')).toBe('block');
  });
});
