import { Masker, type MaskerOptions } from '../masker';
import { scopeOf } from '../masking.fixture';
import { MASK_EVERYTHING } from '../policy/masking-policy';
import { ValueLimit } from './value-limit';

const LIMIT = 3;
const mails = (count: number): string => Array.from({ length: count }, (_, at) => `user${at}@example.com`).join(', ');
const bodyOf = (...contents: readonly string[]): string =>
  JSON.stringify({ messages: contents.map((content) => ({ role: 'user', content })) });
const mask = (body: string, options: MaskerOptions = {}): string =>
  new Masker({ maxValues: LIMIT, ...options }).read('openai-chat', body).mask(scopeOf('tenant')).text;
const REFUSAL = 'The request holds more than 3 values to mask';

describe(ValueLimit.name, () => {
  it('refuses what holds more distinct values, in one text or in several', () => {
    expect(() => mask(bodyOf(mails(4)))).toThrow(REFUSAL);
    expect(() => mask(bodyOf(mails(2), 'to 10.1.2.3 and 10.1.2.4'))).toThrow(REFUSAL);
    expect(() => new Masker({ maxValues: LIMIT }).maskText(mails(4), scopeOf('tenant'))).toThrow(REFUSAL);
  });

  it('lets one value stand as often as it likes, and values that stay', () => {
    expect(mask(bodyOf(`${mails(3)} `.repeat(9), mails(3)))).not.toContain('@example.com');
    const body = bodyOf(mails(4));
    expect(mask(body, { policy: { ...MASK_EVERYTHING, actions: new Map([['email', 'allow']]) } })).toBe(body);
    expect(mask(body, { policy: { ...MASK_EVERYTHING, reportOnly: true } })).toBe(body);
  });
});
