import { itFinds, itIgnores } from '../detectors.fixture';
import { namedHosts } from './named-hosts.detector';

describe('host of a command', () => {
  itFinds(namedHosts, 'host', [
    '$ ssh deploy@«web01» uptime',
    'ssh -i ~/.ssh/key.pem -p 2222 ec2-user@«bastion.example.com» && ls',
    'ssh -J jump@«jump-1» admin@«db-2»',
    'Run `ssh «prod-db»` then `sftp ops@«files»`.',
    'scp -P 22 dump.sql backup@«store-1»:/srv/ and rsync -avz ./dist/ «web-3»:/var/www',
    '접속: ssh root@«bastion»',
    '1,ssh ops@«prod-web-03»,x\n「ssh ops@«prod-web-04»」\nssh ops@«prod-web-05»입니다',
  ]);

  itIgnores([
    'SSH key-based authentication, ssh pre-shared keys',
    'Host multi-tenant apps',
    'ssh keys, ssh into the box, use ssh to connect, ssh-keygen -t ed25519',
    'ssh user@host and ssh user@your-server and scp x root@remote:/tmp',
    'ssh git@github.com and ssh -T git@gitlab.com',
    'scp a.txt b.txt and rsync -a src/ dst/',
    'openssh -V; .ssh config',
  ]);
});

describe('host of a setting', () => {
  itFinds(namedHosts, 'host', [
    'DB_HOST=«db-1» PGHOST=«pg01» redis_host = "«cache-2»" --host «web-1» --host=«web-2»',
    '"hostname": "«k8s-node-1»", "host":"«web-7f9c»"',
    'host: «db.prod.acme.com»\nhostname: «web-01»\n',
    String.raw`{\"hostname\":\"«k8s-node-1»\"}`,
    'Host «bastion-1»\n  HostName «gw.prod.acme.com»\n  User me',
    '<b>host="«web-1»"</b> ?host=«web-1»&x=1',
    '**hostname**: «prod-web-03»\n**Host:** «prod-web-04»',
  ]);

  itIgnores([
    'host: string; hostname: os.hostname(), host: process.env.HOST, host: config.db.host\n',
    'host=localhost host: "0.0.0.0" host: "example.com" host="smtp.gmail.com" Host: api.acme.com\n',
    'hosts: [a-1] ghost: "a-1" :host-context(.a-1) host-name hosted: a-1',
    'host: "AZaz09-._~!$" host: host1, { host: h1, port }',
    'Hosting web-1 and the host web-1',
  ]);
});

describe('server of a share', () => {
  itFinds(namedHosts, 'host', [
    String.raw`\\«fileserver»\data and (\\«FILESRV01»\Finance$)`,
    String.raw`"\\\\«nas-1»\\backup"`,
    'smb://«nas01»/backup cifs://u@«files.corp»/x',
  ]);

  itIgnores([
    String.raw`'\\d+\\w' "\\bfoo\\b" C:\\Users\\me \\hline\hline`,
    String.raw`a \\ b \\\\n\\\\t \\10.0.0.300\x`,
  ]);
});
