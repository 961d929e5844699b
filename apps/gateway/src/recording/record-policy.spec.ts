import type { LogContentSettings } from '@sallyport/config';
import { recordPolicyOf } from './record-policy';

const settings = (content: Partial<LogContentSettings>): LogContentSettings => ({
  default: 'full',
  byKey: new Map(),
  maxBase64Length: 64,
  ...content,
});
const contentOf = (given: LogContentSettings, headers: Record<string, string> = {}, keyHash: string | null = null) =>
  recordPolicyOf({ headers }, { keyHash }, given).content;

describe(recordPolicyOf.name, () => {
  it('takes the default, unless the key has a policy of its own', () => {
    const byKey = new Map([
      ['a', 'none' as const],
      ['b', 'full' as const],
    ]);
    expect(['a', 'b', 'c', null].map((key) => contentOf(settings({ byKey }), {}, key))).toEqual([
      'none',
      'full',
      'full',
      'full',
    ]);
    expect(contentOf(settings({ byKey, default: 'none' }), {}, 'b')).toBe('full');
    expect(recordPolicyOf({ headers: {} }, { keyHash: null }, settings({ maxBase64Length: 7 })).maxBase64Length).toBe(
      7,
    );
  });

  it.each(['x-litellm-enable-message-redaction', 'litellm-enable-message-redaction'])(
    'hides what a call asks to hide with %s',
    (name) => {
      for (const value of ['true', 'True', '1', 'yes', 'anything']) {
        expect(contentOf(settings({ byKey: new Map([['b', 'full']]) }), { [name]: value }, 'b')).toBe('none');
      }
      for (const value of ['false', 'False', '0', 'no', ' off ', '']) {
        expect(contentOf(settings({}), { [name]: value })).toBe('full');
        expect(contentOf(settings({ default: 'none' }), { [name]: value })).toBe('none');
      }
    },
  );

  it('shows nothing that the operator hides, whatever a call asks', () => {
    for (const name of ['litellm-disable-message-redaction', 'x-litellm-disable-message-redaction']) {
      expect(contentOf(settings({ default: 'none' }), { [name]: 'true' })).toBe('none');
    }
  });
});
