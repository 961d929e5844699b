import { itFinds, itIgnores } from '../detectors.fixture';
import { connectionStrings } from './connection-strings.detector';

describe('conn-string', () => {
  itFinds(connectionStrings, 'conn-string', [
    'Server=db.test;Database=app;User Id=sa;Password=«Pa$$w0rd!»;',
    'Server=x;Database=y;Uid=z;Pwd=«Abc123!»',
    'Server=myServerAddress;Database=myDataBase;Uid=myUsername;Pwd=«myPassword»;',
    'host=db.test port=5432 user=u password=«mypassword» sslmode=require',
    'jdbc:oracle:thin:scott/«myR3alP@ssw0rd»@//h:1521/svc',
    'Driver={ODBC Driver 17 for SQL Server};Server=s;UID=u;PWD={«x9Kq2;mm»}',
    `Data Source=x;Initial Catalog=y;User ID=sa;Password='«my;pass1»';`,
    '"ConnectionString": "Host=db;Port=5432;Username=app;Password=«s3cr3tPw»;Database=x",',
    'Password = «s3cr3tPw»; Server = x',
    'host=db.test port=5432 dbname=app user=app password=«s3cr3t99» sslmode=require',
    `dsn: host=x user=y password='«it s1»'`,
    'password=«s3cr3t99» host=db user=x',
    'jdbc:postgresql://h/db?user=fred&password=«s3cr3tPw»&ssl=true',
    'jdbc:sqlserver://h:1433;user=sa;password=«s3cr3tPw»;encrypt=true',
    'jdbc:mysql://[(host=a,port=1,user=sandy,password=«s3cr3t9»),(host=b)]/db',
    'postgresql:///db?host=/run&user=app&password=«s3cr3tPw».',
    'jdbc:oracle:thin:scott/«t1g3r99»@//h:1521/svc sqlplus -s scott/«t1g3r99»@orcl',
    'app:«s3cr3t99»@tcp(127.0.0.1:3306)/db?parseTime=true app:«p@ss99»@unix(/run/x.sock)/db',
    'PGPASSWORD=«strongp@ss» psql -hdb PGPASSWORD="«strong p@ss»" psql',
    `os.environ["PGPASSWORD"] = '«strongp@ss»' {"PGPASSWORD": "«strongp@ss»"} MYSQL_PWD=«abcd1234» mysql`,
  ]);

  itIgnores([
    'Host=your_host; Port=5432; Database=your_database; Username=your_username; Password=your_password;',
    'Data Source=x;Integrated Security=True;',
    'Server=x;User Id=u;Password=;',
    'Server=x;User Id=u;Password=${DB_PASSWORD};',
    'host=x user=y password=<password> dbname=z',
    'login(username=username, password=password)',
    'PGPASSWORD=$DB_PASS psql',
    'PGPASSWORD= psql -h db',
    'user:password@tcp(localhost:3306)/db',
    'jdbc:postgresql://h/db?user=fred&password=secret&ssl=true',
  ]);
});
