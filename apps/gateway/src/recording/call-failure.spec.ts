import { SallyportError } from '@sallyport/dialects';
import { ClientClosedError, ShutdownError } from '../call/call-life';
import { replyFailure, thrownFailure } from './call-failure';

const reply = { id: '', usage: undefined, error: undefined, response: null };

describe(thrownFailure.name, () => {
  it('says plainly who ended a call, whatever the policy for content is', () => {
    expect(thrownFailure(new ClientClosedError())).toMatchObject({ code: '499', kind: 'client_closed', isPlain: true });
    expect(thrownFailure(new ShutdownError())).toMatchObject({ code: '503', kind: 'shutdown', isPlain: true });
  });

  it('tells the code and words of our own errors, and nothing of others', () => {
    const error = new SallyportError('upstream_failed', 'It said no');
    expect(thrownFailure(error)).toEqual({ code: 'upstream_failed', kind: 'upstream_failed', message: 'It said no' });
    const unknown = thrownFailure(new Error('a cause with secrets'));
    expect(unknown).toMatchObject({ code: 'internal', kind: 'internal' });
    expect(unknown.message).not.toContain('secrets');
  });
});

describe(replyFailure.name, () => {
  it('is an error status, or an error inside a good one', () => {
    expect(replyFailure(200, reply)).toBeUndefined();
    expect(replyFailure(399, reply)).toBeUndefined();
    expect(replyFailure(400, reply)).toEqual({
      code: '400',
      kind: 'upstream_refused',
      message: 'The upstream answered with status 400',
    });
    const error = { type: 'overloaded_error', message: 'later' };
    expect(replyFailure(200, { ...reply, error })).toEqual({ code: '200', kind: 'overloaded_error', message: 'later' });
  });
});
