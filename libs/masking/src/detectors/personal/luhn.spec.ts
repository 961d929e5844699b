import fc from 'fast-check';
import { passesLuhn } from './luhn';

describe(passesLuhn.name, () => {
  it('accepts exactly one last digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,18}$/), (digits) => {
        const accepted = Array.from('0123456789').filter((last) => passesLuhn(digits + last));
        expect(accepted).toHaveLength(1);
      }),
    );
  });

  it('tells the number of its specification from its neighbours and passes over separators', () => {
    expect(passesLuhn('79927398713')).toBe(true);
    expect(passesLuhn('7992-7398 713')).toBe(true);
    expect(passesLuhn('79927398710')).toBe(false);
  });
});
