import { describe, expect, test } from 'vitest'
import { isSecretFile, whyWithheld } from '../../src/hooks/high-risk.ts'
import { cpuNow } from '../support/cpu-time.ts'

describe('the output is withheld of', () => {
  test.each([
    'cat /etc/shadow',
    'sudo cat /etc/shadow',
    'ssh root@web1 cat /etc/shadow',
    'ssh web1 "sudo cat /etc/shadow"',
    'cat ~/.ssh/id_rsa',
    'type C:\\Users\\x\\.ssh\\id_ed25519',
    'Get-Content C:\\x\\vault.kdbx',
    'powershell -c "Get-Content C:\\k.ppk"',
    'cat /proc/1/environ',
    'docker exec db cat /run/secrets/pw',
    'bw get password x',
    'op item get y',
    'pass show a/b',
    'gopass a/b',
    'keepassxc-cli show -s safe.kdbx mail',
    'vault kv get x',
    'aws secretsmanager get-secret-value --secret-id x',
    'az keyvault secret show --name x --vault-name y',
    'kubectl get secret db -o yaml',
    'kubectl -n x get secret db -ojson',
    'terraform output -json',
    'gh auth token',
    'gpg --export-secret-keys x',
    'gpg2 --export-secret-keys x',
    'openssl rsa -in k.pem',
    'sops -d x.yaml',
    'ansible-vault view y',
    'netsh wlan show profile name=x key=clear',
    'nmcli -s connection show x',
    'security find-generic-password -wa x',
    'Get-LapsADPassword x',
    'Get-ADComputer x -Properties ms-Mcs-AdmPwd',
    'manage-bde -protectors -get C:',
    '.\\mimikatz.exe "sekurlsa::logonpasswords"',
    'python3 secretsdump.py x',
    'procdump64.exe -ma lsass.exe out',
    'reg save HKLM\\SAM sam.hiv',
    'john --show hashes',
    'pwgen 16 1',
    'cd /srv && openssl rand -base64 24',
    '[System.Web.Security.Membership]::GeneratePassword(16, 2)',
    '$cred.GetNetworkCredential().Password',
  ])('%s', (command) => {
    expect(whyWithheld(command)).toMatch(/^it /)
  })
})

describe('the output is shown of', () => {
  test.each([
    'cat ~/.ssh/id_rsa.pub',
    'cat ~/.ssh/config',
    'ls ~/.ssh/',
    'kubectl get secrets',
    'terraform output',
    'openssl rsa -in k.pem -pubout',
    'openssl x509 -in c.pem -noout -dates',
    'git log',
    'npm run pass',
    'man pass',
    'make test && pass=1 ./x',
    'aws sts get-caller-identity',
    'gh auth status',
    'env',
    'grep -n key /etc/nginx/nginx.conf',
    'cp a.pfx b.pfx',
    'age --version',
    'cat .env',
    'docker inspect db',
    'systemctl stop nginx',
    'reg query HKLM\\SOFTWARE',
  ])('%s', (command) => {
    expect(whyWithheld(command)).toBeUndefined()
  })
})

test('a file that holds nothing but secrets is known by its name', () => {
  const files = ['/etc/shadow', '/home/a/.ssh/id_ed25519', 'C:\\Users\\a\\x.ppk', '/home/a/.aws/credentials']

  expect(files.filter((file) => !isSecretFile(file))).toEqual([])
  expect(['/etc/passwd', '/home/a/.ssh/id_rsa.pub', '/srv/app/config.json', 'shadow.css'].filter(isSecretFile)).toEqual(
    [],
  )
})

test('no command takes long to be judged', () => {
  const attacks = ['sudo ', 'ssh ', 'cat a/', '-c ', 'kubectl ', '( ', 'az a ', 'reg query ', '-', 'openssl rsa '].map(
    (one) => `az kubectl ssh shadow ${one}`.padEnd(40).concat(one.repeat(Math.floor(19_000 / one.length))),
  )

  const slowest = Math.max(
    ...attacks.map((attack) => {
      const startedAt = cpuNow()
      whyWithheld(attack)
      return cpuNow() - startedAt
    }),
  )

  expect(slowest).toBeLessThan(500)
})
