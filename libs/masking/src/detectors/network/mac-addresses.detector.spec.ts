import { itFinds, itIgnores } from '../detectors.fixture';
import { macAddresses } from './mac-addresses.detector';

describe('hardware address', () => {
  itFinds(macAddresses, 'ip', [
    'My MAC address is «00:1A:2B:3C:4D:5E», «00-1a-2b-3c-4d-5e», «00-14-22-01-23-45».',
    'MAC: «01-23-45-67-89-12» and Hardware address: «AA-BB-CC-DD-EE-FF» Cisco MAC: «0012.3456.7890» «0012.3456.789a»',
    'ether «02:42:ac:11:00:02» 주소는«02:42:ac:11:00:02»입니다 **«02:42:ac:11:00:02»** _«02:42:ac:11:00:02»_ |«02:42:ac:11:00:02»|',
    String.raw`{\"mac\":\"«02:42:ac:11:00:02»\"}\n«02:42:ac:11:00:02»`,
  ]);

  itIgnores([
    '00:1A:2B:3C:4D ZZ:ZZ:ZZ:ZZ:ZZ:ZZ FF:FF:FF:FF:FF:FF 00:00:00:00:00:00',
    '12:34:56 20-24-01-02-03-04 1234.5678.9012 face.cafe.dead',
    'SHA256:aa:bb:cc:dd:ee:ff:00:11 16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48',
    '550e8400-e29b-41d4-a716-446655440000 a-00-1a-2b-3c-4d-5e 00-1a-2b-3c-4d-5e-6f',
  ]);
});
