import { ConfigurationError } from '@sallyport/config';
import { failureText } from './failure-text';

describe(failureText.name, () => {
  it('is one message for what an operator has set wrong', () => {
    const denied = Object.assign(new Error("EACCES: permission denied, mkdir '/data'"), { code: 'EACCES' });
    expect(failureText(denied)).toBe("EACCES: permission denied, mkdir '/data'");
    expect(failureText(new ConfigurationError(['A: is wrong']))).toMatch(/^The configuration has 1 problem/);
  });

  it('is the stack for a defect', () => {
    const defect = Object.assign(new TypeError('oops'), { code: 'ERR_INVALID_ARG_TYPE' });
    expect(failureText(defect)).toContain('failure-text.spec');
    expect(failureText('a text')).toBe('a text');
  });
});
