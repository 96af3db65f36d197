import { describe, expect, test } from 'vitest'
import { foundInCommands } from './commands-layer.ts'

const HARMLESS = String.raw`
ssh -p 2222 -o ConnectTimeout=5 admin@192.0.2.1 "show version"
ssh -p2222 admin@srv1
net user %1 %~2 /add
Secret "odoo-db" in namespace "erp" unchanged
scp -P 2222 a.txt ana@srv1:/tmp
mkdir -p /srv/app/data
cp -p a b && cp -pr a b
tar -xpf x.tar -C /srv
nmap -p 22,80,443 192.0.2.0/24
nmap -p- -sV srv1
docker run -d -p 80:80 -u 1000:1000 nginx
docker run -p 8080:80 --name db mysql
docker compose -p projectnaam up -d
docker run --user nginx:nginx nginx
docker login registry.example
docker secret ls
mysql -h db1 -u root -p -e "SHOW DATABASES"
mysql -u root -p crm < dump.sql
mysql -h db1 -P 3306 -u root -p
mysqldump --defaults-extra-file=/root/.my.cnf crm
psql -h pg01 -p 5432 -U crm -W -c "select 1"
psql -w -U crm
pg_dump -Fc -p 5432 crm > x
redis-cli -h r1 -p 6379 ping
mongosh --port 27017 --username ana --password
sqlcmd -S sql01 -E -Q "select 1"
plink -P 22 -i C:\keys\switch.ppk admin@192.0.2.4 "show mac"
ssh-keygen -t ed25519 -C "ana@laptop" -f id_ed25519
ssh-keygen -p -f id_rsa
7z x export.7z -oC:\export
7z a export.7z C:\export\* -mx9
zip -r x.zip d
unzip -p x.zip a.txt | head
gpg --batch --passphrase-file /root/pw -c x
openssl x509 -in c.pem -noout -text
openssl s_client -connect srv:443 -servername srv
openssl enc -aes-256-cbc -pass file:/root/pw -in a -out b
openssl rsa -in a.key -passin env:KEYPASS -out b.key
keytool -list -keystore x.jks
curl -s https://x -o out.json -u "$USER_PASS"
curl -u ana https://x
curl -sSL -H "Accept: application/json" https://x
curl --user-agent "Mozilla/5.0" https://x
wget --user=ana --ask-password https://x
tool --password "$PW" --password-file /run/secret --no-password ana
tool --password-stdin --token-file /run/token
tool --password
tool --ask-pass --prompt-password --with-password
tool --min-password-length 14 --password-policy strict --password-expiry 90
tool --token-type bearer --max-tokens 4096 --key-id 12
tool --secret-name db --secret-id prod/db --secret-version 3
tool --password %PW% --api-key ${'$'}{API_KEY}
tool --sort-key name --primary-key id --public-key ~/.ssh/id.pub
tool --auth basic --auth-type oauth2
tool --pass-through --bypass cache --compass
aws secretsmanager get-secret-value --secret-id prod/db
aws configure set region eu-west-1
aws iam create-access-key --user-name bck
az login
az keyvault secret show --vault-name kv --name db
az vm create -n x --generate-ssh-keys
gcloud auth print-access-token
gh secret list
kubectl get secret db-credentials -o yaml
kubectl -n kube-system create token admin-user
kubectl create secret generic tls --from-file=tls.key
helm upgrade x c -f values.yaml
vault status
git clone https://github.com/contoso/x.git
git log -p --stat
git commit -m "reset password flow: token refresh"
npm ci --no-audit && npm run build
net user
net user ana /domain
net user ana *
net user ana /active:no
net users
net accounts /minpwlen:14 /maxpwage:90 /uniquepw:12
net use
net use Z: /delete
net use Z: \\fs01\data /persistent:yes
net use \\fs01\ipc$ /user:contoso\ana *
net localgroup administrators ana /add
net view \\fs01
cmdkey /list
schtasks /query /tn Backup /v /fo list
schtasks /create /tn B /tr C:\b.cmd /sc daily /ru SYSTEM
sc query Spooler
netsh wlan show profile name="Kantoor" key=clear
netsh advfirewall firewall add rule name="x" dir=in action=allow
reg query "HKLM\Software\X" /v DefaultPassword
reg add "HKCU\Control Panel" /v Beep /t REG_SZ /d no /f
wmic os get caption
runas /user:ana cmd
psexec \\PC1 -s cmd
msiexec /i x.msi /qn /norestart
certutil -hashfile x.iso SHA256
manage-bde -status C:
slmgr /dli
Get-LocalUser | Select-Object Name,PasswordLastSet,PasswordRequired,PasswordExpires
Get-ADUser jan -Properties PasswordLastSet,PasswordNeverExpires
Set-ADUser jan -PasswordNeverExpires $true -ChangePasswordAtLogon $false
Set-ADAccountPassword jan -Reset -NewPassword $secure
Connect-ExchangeOnline -Credential $cred
Connect-X -Password $pw -Token $token -ApiKey $env:API_KEY
$cred = Get-Credential -UserName a@x.nl -Message "EXO"; Connect-X -Credential $cred
$s = Read-Host -Prompt "Password" -AsSecureString
ConvertTo-SecureString $plain -AsPlainText -Force
New-Object PSCredential($user, $secure)
Get-Secret -Name db -Vault kluis
Get-LapsADPassword WS-0142 -AsPlainText
snmpwalk -v2c 192.0.2.30 -Oqv sysName
nmcli device wifi list
wg show
ipmitool -I lanplus -H 192.0.2.8 -U root -E chassis status
racadm getsysinfo
rasdial
rclone sync /data nas:backup
restic -r sftp:bck@nas:/repo snapshots --password-file /root/pw
cryptsetup luksDump /dev/sdb1
ldapsearch -x -H ldap://dc01 -b "dc=x" -s sub "(uid=jan)" -W
smbclient -L //nas01 -N
smbclient //nas01/data -U ana -c ls
chage -l jan
passwd -l jan
usermod -aG sudo jan
echo "hello world" | wc -c
echo $PATH | tr : '\n'
cat /etc/passwd | grep jan
systemctl restart ssh
msp cred exec 7 --env PW=password --env API_TOKEN=api_key -- tool --password msp://acme/7/password
CREATE TABLE users (id int PRIMARY KEY, login varchar(64), password varchar(255) NOT NULL)
SELECT user, password_last_changed FROM mysql.user
ALTER USER crm ACCOUNT LOCK
`

describe('a command without a secret stays', () => {
  const lines = HARMLESS.trim().split('\n')

  test('there are many', () => expect(lines.length).toBeGreaterThan(120))

  test.each(lines)('%s', (line) => {
    expect(foundInCommands(line, 'command')).toEqual([])
    expect(foundInCommands(`$ ${line}\nok\n`)).toEqual([])
  })
})

describe('a text without a command stays', () => {
  test.each([
    'The net user experience improved',
    'Net user accounts were reviewed by the team.',
    'Please echo the sudo password policy to the team',
    'usage: mysql [-u user] [-p password] [database]',
    'usage: tool [--password PASSWORD] [--token TOKEN] host',
    '  -p, --password string   registry password',
    '      --password=name     Password to use when connecting',
    '       --passwd user-id\n              Change the passphrase of the key.',
    'Same as --key-password but used for the proxy.',
    'use --password to set one',
    'the option --token is required',
    'sudo: 3 incorrect password attempts',
    'passwd: password updated successfully',
    'Failed password for jan from 192.0.2.1 port 22 ssh2',
    'error: the argument --api-key <KEY> is missing',
    'apt install mysql-client curl zip openssl',
    'curl 8.5.0 (x86_64-pc-linux-gnu) libcurl/8.5.0 OpenSSL/3.0.13',
    'The key is identified by its fingerprint.',
    'docker login succeeded, see mail for the rest',
    "don't use curl here, it's too old",
  ])('%j', (text) => {
    expect(foundInCommands(text)).toEqual([])
  })
})
