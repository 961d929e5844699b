import { bareHosts } from './bare-hosts';

describe(bareHosts.name, () => {
  it.each([
    ['Call api.acme.com with it.', ['api.acme.com']],
    ['api.acme.co.kr으로 API.ACME.CO.KR:8443/v1', ['api.acme.co.kr']],
    ['(see docs.acme.io, `acme.dev` and "status.acme.example")', ['docs.acme.io', 'acme.dev', 'status.acme.example']],
    ['host=api.acme.com', ['api.acme.com']],
    ['end of acme.com.', ['acme.com']],
  ])('finds the hosts in %s', (text, hosts) => {
    expect(bareHosts(text)).toEqual(hosts);
  });

  it.each([
    'README.md, main.rs, run.sh and index.ts',
    'jane@acme.com and acme.com@evil.example.invalid',
    'src/acme.com C:\\acme.com %2Facme.com',
    'socket.on(x) and this.idea and foo.com_x and foo.com-x.y',
    '.com -.com ..com 1.2.3',
  ])('finds none in %s', (text) => {
    expect(bareHosts(text)).toEqual([]);
  });

  it('reads a long text in linear time', () => {
    expect(bareHosts('a.co '.repeat(200_000))).toEqual(['a.co']);
    expect(bareHosts('a.a.'.repeat(250_000))).toEqual([]);
    const many = Array.from({ length: 1000 }, (_, at) => `h${at}.co`);
    expect(bareHosts(many.join(' '))).toHaveLength(256);
  });
});
