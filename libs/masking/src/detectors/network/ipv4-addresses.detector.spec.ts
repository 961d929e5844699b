import { itFinds, itIgnores } from '../detectors.fixture';
import { ipv4Addresses } from './ipv4-addresses.detector';

describe('IPv4 address', () => {
  itFinds(ipv4Addresses, 'ip', [
    'microsoft.com «192.168.0.1», («10.0.0.1»). **«203.0.113.7»** `«198.51.100.2»` |«172.16.0.1»| <b>«192.0.2.1»</b>',
    '«192.168.1.0»/24 and «10.1.2.3»:8080 and http://«203.0.113.5»:80/x and root@«203.0.113.5»',
    '서버는«10.0.0.5»입니다. host=«10.0.0.5»&x _«10.0.0.5»_ [«10.0.0.5»] "«10.0.0.5»"',
    String.raw`{\"ip\":\"«10.0.0.5»\"}\n«203.0.113.9»\t`,
    '«10.0.0.1»-«10.0.0.20» «203.0.113.1»-20',
    'broadcast «192.168.1.255» node-«10.0.0.1» «10.0.0.1».nip.io «1.0.168.192».in-addr.arpa',
    '«203.0.113.9» - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200',
    'inet addr:«10.125.5.202»  Bcast:«10.125.15.255»  Mask:255.255.240.0',
    'example.com/«93.184.216.34»:443 is «1.2.3.4», peer «192.168.2.1»@eth0',
    'ip.addr == «10.0.0.5» and ip.src==«192.168.0.1»',
    'versions differ on «10.0.0.7»',
    'It is «10.0.0.8». Thanks. Then «10.1.2.3» Please ask «3.4.5.6» Kim',
    '**IP:** «10.11.12.15»\n* «10.1.2.3»\n* «3.4.5.6» and // «10.2.3.4» is down',
    '«10.1.2.3» Web\n«4.3.2.10» - - [10/Oct/2000]',
  ]);

  itIgnores([
    '127.0.0.1 127.1.2.3 0.0.0.0 169.254.169.254 255.255.255.0 255.255.255.255 8.8.8.8 1.1.1.1',
    'v1.2.3.4 version 1.2.3.4 Version=4.0.0.0, "version": "10.2.3.4", ver. 1.2.3.4 <Version>6.1.7.2</Version>',
    '1.2.3.4.5 1.3.6.1.4.1.311.21.20 .1.3.6.1',
    'Mozilla/5.0 Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0',
    'AssemblyVersion("1.2.3.4") rails>=5.2.4.3 gem ~> 5.2.4.3 pip==1.2.3.4 ^1.2.3.4',
    'foo-1.2.3.4.jar lib-1.2.3.4 1.2.3.4-beta 1.2.3.4+build 버전 1.2.3.4',
    'Section 3.1.2.4, chapter 1.2.3.4, § 7.2.1.1, ISO 32000-1, 7.7.3.2, section-5.3.2.1',
    '## 1.2.3.4 Title\n// 5.2.1.1\n// 5.2.1.2. Assert: x\n2.1.3.4 Overview of it',
    '256.256.256.256 192.168.1.256 300.168.1.1 192.168.1 01.02.03.04 text192.168.1.1 192.168.1.1text',
    'upgrade to 1.2.3.4, kernel 5.15.0.91, zlib 1.2.11.1, OpenCV 4.5.5.64',
    ' * 5.2.1.1 step',
    'not supported by HTTP/2 (RFC 7540 8.1.2.4). It returns',
    "gem 'rails', '5.2.4.3'\n    rails (6.0.3.4)",
  ]);
});
