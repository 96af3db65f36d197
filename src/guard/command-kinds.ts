/** Command lines by what they are, as `program word word …` of one segment. Data only. */

/** Programs that say "no" by an exit code: what is typed, and the codes that are answers. */
export const ANSWERS: readonly [RegExp, readonly number[]][] = [
  [
    /^(?:e|f|z|p|rip)?grep\b|^(?:rg|ag|ack|findstr|select-string|pidof|pgrep|diff|cmp|comm|sdiff|test|which|where|type|expr|killall|pkill)(?![\w-])/,
    [1],
  ],
  [/^git (?:.* )?(?:diff|grep|merge-base|show-ref|check-ignore|rev-parse|ls-files|config)\b/, [1, 128]],
  [/^(?:systemctl|service) (?:.* )?(?:is-active|is-enabled|is-failed|status)\b/, [1, 3, 4]],
  [/^(?:jq .*-e\b|dpkg(?:-query)? -[slLW]|rpm -q|npm (?:outdated|audit|ls)|pip3? show|getent|nc .*-z|-v )/, [1, 2]],
  [/^robocopy\b/, [1, 2, 3, 4, 5, 6, 7]],
  [/^git (?:.* )?commit\b/, [1]],
]

/** Test suites, linters and type checkers: red is what they are for. */
export const CHECK = new RegExp(
  [
    '^(?:npm|pnpm|yarn|bun)(?: run)?(?: -\\S+)* (?:t|tst|test|tests|lint|types?|typecheck|check|e2e)(?:[\\s:]|$)',
    '^(?:vitest|jest|mocha|ava|pytest|py\\.test|tox|nose2?|nosetests|phpunit|pest|rspec|ctest|bats|invoke-pester|playwright|cypress|karma|tap)\\b',
    '^(?:tsc|eslint|biome|oxlint|ruff|mypy|pyright|flake8|pylint|shellcheck|prettier|golangci-lint|rubocop|stylelint|markdownlint|yamllint|hadolint|ansible-lint|phpstan|psalm)\\b',
    '^(?:cargo|go|dotnet|mvn|gradle|gradlew|mvnw|make|deno|swift|bazel|rake|terraform)(?: -\\S+)* (?:test|tests|check|lint|clippy|vet|verify|validate)\\b',
    '^python[\\d.]* -m (?:pytest|unittest|mypy|flake8|pylint|ruff)\\b',
    '^node(?: -\\S+)* --test\\b',
    // configuration that is checked
    '^(?:nginx|sshd|httpd|apachectl|apache2ctl|dhcpd|smartd) (?:.* )?(?:-t|configtest)\\b|^(?:squid -k parse|named-checkconf|named-checkzone|haproxy -c|visudo -c|postfix check|testparm|sshd -t)\\b',
  ].join('|'),
)

/** Removes or overwrites what no other command brings back, or takes a machine down. */
export const DESTRUCTIVE = new RegExp(
  [
    '^rm (?:.* )?-(?:[a-zA-Z]*[rRf]|-recursive|-force)',
    '^(?:remove-item|ri|rmdir|rd|del|erase)\\b.* (?:-r(?:ec(?:urse)?)?\\b|-fo(?:rce)?\\b|/[sq]\\b)',
    '^(?:mkfs[\\w.]*|wipefs|shred|fdisk|parted|sgdisk|diskpart|format|format-volume|clear-disk|initialize-disk|remove-partition|blkdiscard|cryptsetup)\\b',
    '^dd\\b.* of=|^truncate\\b|^find\\b.* -delete\\b',
    '^(?:shutdown|reboot|halt|poweroff|stop-computer|restart-computer|init [06])\\b',
    '^git (?:.* )?(?:push\\b.* (?:-f\\b|--force|--mirror|--delete)|reset\\b.* --hard|clean\\b.* -[a-z]*f|branch\\b.* -D\\b|filter-branch|reflog expire)',
    '^(?:docker|podman) (?:.* )?(?:rm|rmi|prune|kill)\\b|^(?:docker|podman)[- ]compose down\\b.* (?:-v|--volumes)\\b',
    '^(?:kubectl|helm|oc) (?:.* )?(?:delete|uninstall|drain)\\b|^terraform (?:.* )?destroy\\b',
    '^(?:userdel|groupdel|lvremove|vgremove|pvremove|zpool destroy|zfs destroy|dropdb|dropuser|btrfs subvolume delete)\\b',
    '^remove-(?:ad|mailbox|vm|localuser|localgroup|msol|mg|az|smbshare|windowsfeature|psdrive|service|dns|dhcp)\\w*',
    '^(?:reg delete|vssadmin (?:.* )?delete|wevtutil (?:cl|clear-log)|bcdedit /delete|schtasks\\b.* /delete|sc delete|net user\\b.* /delete|cipher /w)',
    '^(?:iptables|ip6tables)\\b.* (?:-F|--flush)\\b|^nft flush\\b|^ufw (?:reset|disable)\\b|^netsh\\b.* reset\\b',
    '^crontab\\b.* -r\\b|^chmod\\b.* (?:-R|--recursive)\\b|^chown\\b.* (?:-R|--recursive)\\b|^kill(?:all)? .*-(?:9|KILL)\\b',
  ].join('|'),
  'i',
)
export const DESTRUCTIVE_SQL =
  /\b(?:drop\s{1,9}(?:table|database|schema|user|index|view)|truncate\s{1,9}table|delete\s{1,9}from)\b/i
