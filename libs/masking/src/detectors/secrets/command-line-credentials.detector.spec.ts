import { itFinds, itIgnores } from '../detectors.fixture';
import { commandLineCredentials } from './command-line-credentials.detector';

describe('curl-auth on command lines', () => {
  itFinds(commandLineCredentials, 'curl-auth', [
    'curl --cacert ca.crt -u elastic:«P@ssw0rd$1» https://localhost:9200',
    `curl -k -X POST https://h.test/rest \\\n  -H 'Content-type: text/plain' \\\n  -u developer:«yqDVtkq7ECriaLRi»`,
    `curl -b 'session=«6ricO4bW4cOV27S9dKJsc0guBdPcbqnBQ2e0ox8k»' https://h.test`,
    'curl -u ":«d2LkV78zLx!t»" https://h.test; curl -u "«d2LkV78zLx!t»:" https://h.test',
    `curl -sw '%{http_code}' --user  'johns:«h0pk1ns~21s»' $URL`,
    'curl --user roger23@mail.test:«pQ9wTxu4Fg» https://h.test/?host_id=abc -v',
    'curl -su "j.smith:«dB2yF6@qL9#4J»" "https://h.test/user"',
    'curl --user "{acd3c08b}":"«{ZqL5kVrX1n8tA2}»" -H "Accept: application/json"',
    `curl --user kevin:'«pRf7 vG2h»' -iX PATCH`,
    'curl --proxy-user=bob:«Xyz12345» https://h.test',
    'wget --user=x --password=«hunter22» http://h.test',
    `sshpass -p «hunter22» ssh u@h; sshpass -p'«hunt er22»' ssh u@h`,
    'mysql -u root -p«S3cretPw» db; mysqldump -uroot -p"«S3cretPw»" db',
    'mysql --user=doadmin -p«strongp@55!» --host=db',
    'docker login -u bob -p «dckr12345» reg.test; helm registry login --password=«dckr12345» reg.test',
    'redis-cli -h x -a «hunter22» ping',
    'mongosh "mongodb://h" -u a -p «Hunter22»; sqlcmd -S s -U sa -P «Hunter22»',
    `ldapsearch -x -D cn=admin -w «Hunter22» -b dc=x; smbclient //s/x -U bob%«Hunter22»`,
    'http -a bob:«hunter22» GET h.test',
    '`curl -u bob:«hunter22»` and **curl -u bob:«hunter22»**',
  ]);

  itIgnores([
    `curl -i -u 'test:test'; curl -u username:token; curl --user user:pass --digest; curl --user "xxx:yyy"`,
    'curl -sL --user "$1:$2" "$3" > "$4"; curl -u $USER:$PASS x; curl --user ${user}:${pass} x',
    'curl -u <user:password> https://h.test/; curl --user neo4j:[PASSWORD] http://h.test/',
    'curl -u "myusername" http://h.test/; curl -u ":" http://h.test',
    'curl {{- if x }} --user "{{ $.Values.username }}:{{ $.Values.password }}"',
    'curl -X POST --user "$(cat ./login.txt):$(cat ./password.txt)"',
    `curl -d '{"id":12345}' http://h.test/serve\nnc -u -l 41234`,
    'mysql -u root -p mydb; mysql -h localhost --protocol=tcp; the mysql -based approach',
    'docker login --password-stdin; docker login -u $U -p $P; sshpass -p "$PASS" ssh',
  ]);
});
