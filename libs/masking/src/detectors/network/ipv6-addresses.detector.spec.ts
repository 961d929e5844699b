import { itFinds, itIgnores } from '../detectors.fixture';
import { ipv6Addresses } from './ipv6-addresses.detector';

describe('IPv6 address', () => {
  itFinds(ipv6Addresses, 'ip', [
    'my ip: «684D:1111:222:3333:4444:5555:6:77» «2345:0425:2CA1:0000:0000:0567:5673:23b5»',
    '«2345:0425:2CA1::0567:5673:23b5», «2400:c401::5054:ff:fe1b:b031».',
    '«fe80::1» «2001:db8::8a2e:370:7334» «ff02::1» «fd00::1» «2001:db8::»/32 «fe80::»/10 «fc00::»/7',
    '«fe80::1%eth0» «fe80::1ff:fe23:4567:890a%3» http://[«fe80::a%25en1»]/',
    '[«2001:db8::1»]:8080 user@«2001:db8::1» (ip:«2001:db8::1») src=«2001:db8::1»',
    '«::ffff:192.0.2.1» «::ffff:10.0.0.1» «::192.168.1.1» «64:ff9b::192.0.2.1» «0:0:0:0:0:FFFF:129.144.52.38»',
    '«1:2:3:4:5:6:7:8» «2001:db8:0:1:1:1:1:1» «2001:db8::1:0:0:1» «2001:0:0:1::1»',
    '주소는«2001:db8::1»입니다 **«2001:db8::1»** `«2001:db8::1»` |«2001:db8::1»| _«2001:db8::1»_ <b>«2001:db8::1»</b>',
    String.raw`{\"ip\":\"«2001:db8::1»\"}\n«2001:db8::2»\t peer «2001:db8::3»: closed`,
    'inet6 «::5» and [«::a:b»]',
  ]);

  itIgnores([
    ':: ::1 [::]:80 [::1]:80 ::ffff:127.0.0.1 2001:4860:4860::8888 2606:4700:4700::1111',
    '12:34:56 2024-01-01T12:34:56 Ratio 1:2:3:4 Port 80:443 abc:def:ghi 123:abc',
    'std::cout MyClass::toString a::before a::after ::before b::c Abc::Def dead::beef f64::abs use f32::*;',
    ':::: ::: 684D:1111:222:3333:4444:5555:77 gggg:hhhh::1234 12345:db8::1 2001::db8::1',
    'fe80::1text text2001:db8::1 ::ffff:256.0.0.1 1:2:3:4:5:6:7:8:9',
    'SHA1 aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd 00:1a:2b:ff:fe:3c:4d:5e',
    'arn:aws:s3::: x::date col::int4 1::numeric',
  ]);
});
