import { type FactRule, rules } from './fact-rule.ts'
import { PROTOCOL_RULES } from './fact-rules-protocols.ts'
import { VERSION_RULES } from './fact-rules-versions.ts'

const ASKS_PS = /PSVersionTable|Get-Host|\$Host\.Version/i

/** Earlier rules win over later ones with the same key. */
export const FACT_RULES: readonly FactRule[] = [
  ...rules({ category: 'shell', priority: 9, confidence: 95, when: 'worked' }, [
    {
      key: 'powershell.version',
      value: '$1',
      statement: 'PowerShell $1 on {host}.',
      asked: ASKS_PS,
      said: /(?:PSVersion|^Version\s*:)[ \t]+(\d{1,2}\.\d{1,3})/m,
    },
    {
      key: 'powershell.version',
      value: '$1.$2',
      statement: 'PowerShell $1.$2 on {host}.',
      asked: ASKS_PS,
      said: /Major\s+Minor[^\n]*\n[-\s]+(\d{1,2})\s+(\d{1,3})/,
    },
    {
      key: 'powershell.version',
      value: '$1',
      statement: 'PowerShell $1 on {host}.',
      asked: ASKS_PS,
      said: /^\s*(\d{1,2}\.\d{1,3})(?:\.\d+){0,2}\s*$/,
    },
  ]),
  ...rules({ category: 'policy', priority: 7, confidence: 90, when: 'either' }, [
    {
      key: 'powershell.execution_policy',
      value: 'Restricted',
      statement: 'PowerShell on {host} runs no scripts: its execution policy forbids them.',
      said: /running scripts is disabled on this system/,
    },
    {
      key: 'powershell.execution_policy',
      value: '$1',
      statement: 'The execution policy of PowerShell on {host} is $1.',
      typed: /get-executionpolicy/,
      said: /^\s*(Restricted|AllSigned|RemoteSigned|Unrestricted|Bypass)\s*$/m,
    },
    {
      key: 'powershell.language_mode',
      value: 'Constrained',
      statement: 'PowerShell on {host} is in constrained language mode.',
      said: /ConstrainedLanguage|only on core types in this language mode/,
    },
    {
      key: 'selinux.mode',
      value: '$1',
      statement: 'SELinux on {host} is $1.',
      typed: /^getenforce/,
      said: /^(Enforcing|Permissive|Disabled)/m,
    },
    {
      key: 'selinux.mode',
      value: '$1',
      statement: 'SELinux on {host} is $1.',
      typed: /^sestatus/,
      said: /Current mode:\s+(enforcing|permissive)/,
    },
    {
      key: 'proxy.needed',
      value: 'yes',
      statement: 'From {host} the web is reached through a proxy that asks for a login.',
      category: 'network',
      said: /407 Proxy Authentication Required|Proxy Authentication Required/i,
    },
  ]),
  ...rules({ category: 'os', priority: 8, confidence: 95, when: 'worked' }, [
    {
      key: 'os.version',
      value: '$1',
      statement: '{host} has Windows version $1.',
      typed: /^(?:ver|cmd)\b/,
      said: /Windows \[\w+ (\d+\.\d+\.\d+)/,
    },
    {
      key: 'os.version',
      value: '$1',
      statement: '{host} has Windows version $1.',
      typed: /^systeminfo/,
      said: /OS Version:\s+(\d+\.\d+\.\d+)/,
    },
    {
      key: 'os.kernel',
      value: '$1',
      statement: '{host} has the kernel Linux $1.',
      priority: 4,
      typed: /^uname -(?:a|r|sr|v?r|srm)/,
      said: /^(?:Linux (?:\S+ )?)?(\d\.\d{1,3}\.\d[\w.-]{0,40})/m,
    },
    {
      key: 'os.arch',
      value: '$1',
      statement: '{host} is $1.',
      priority: 4,
      typed: /^(?:uname -m|arch$)/,
      said: /^(x86_64|aarch64|armv\d\w*|i[3-6]86|mips\w*)\s*$/m,
    },
  ]),
  ...rules({ category: 'os', priority: 7, confidence: 85, when: 'failed' }, [
    {
      key: 'init.system',
      value: 'not systemd',
      statement: '{host} was not started with systemd: no systemctl.',
      said: /System has not been booted with systemd/,
    },
    {
      key: 'glibc.version',
      value: '<$1',
      statement: 'The C library of {host} is older than $1.',
      said: /GLIBC_(2\.\d{1,2})['’]? not found/,
    },
    {
      key: 'filesystem.state',
      value: 'read-only',
      statement: 'A file system of {host} is read-only.',
      category: 'quirk',
      confidence: 70,
      said: /Read-only file system/i,
    },
    {
      key: 'shell.kind',
      value: 'restricted',
      statement: 'The shell on {host} is restricted.',
      category: 'shell',
      said: /rbash: |restricted: cannot specify/,
    },
    {
      key: 'shell.kind',
      value: 'plain sh',
      statement: 'The shell on {host} is a plain sh, without [[ and arrays.',
      category: 'shell',
      confidence: 75,
      said: /sh: (?:\d+: )?\[\[: not found|Syntax error: "\(" unexpected/,
    },
    {
      key: 'program.sudo',
      value: 'absent',
      statement: 'No sudo on {host}.',
      category: 'access',
      said: /sudo: (?:command )?not found/,
    },
    {
      key: 'sudo.allowed',
      value: 'no',
      statement: 'The account used on {host} may not use sudo.',
      category: 'access',
      confidence: 75,
      said: /is not in the sudoers file/,
    },
    {
      key: 'module.activedirectory',
      value: 'absent',
      statement: 'No Active Directory module (RSAT) on {host}.',
      category: 'custom_install',
      typed: /^(?:get|set|new|remove|enable|disable|unlock|search)-ad[a-z]+/,
      said: /-AD\w+['’"]? is not recognized/i,
    },
  ]),
  ...PROTOCOL_RULES,
  ...VERSION_RULES,
]
