/** How failures are named, and by what they are recognised. Data only. */

/** PowerShell's `ErrorCategory` names as far as they occur, and two of our own (the last). */
export const FAILURE_CATEGORIES = [
  'ObjectNotFound',
  'PermissionDenied',
  'SyntaxError',
  'ParserError',
  'InvalidArgument',
  'InvalidOperation',
  'NotInstalled',
  'NotImplemented',
  'OperationTimeout',
  'ConnectionError',
  'AuthenticationError',
  'ResourceUnavailable',
  'ResourceBusy',
  'ResourceExists',
  'LimitsExceeded',
  'QuotaExceeded',
  'SecurityError',
  'ProtocolError',
  'OperationStopped',
  'NotSpecified',
  'Compatibility',
  'Environment',
] as const
export type FailureCategory = (typeof FAILURE_CATEGORIES)[number]

export const BY_EXIT_CODE: Readonly<Record<number, FailureCategory>> = {
  124: 'OperationTimeout',
  126: 'PermissionDenied',
  127: 'NotInstalled',
  130: 'OperationStopped',
  137: 'LimitsExceeded',
  143: 'OperationStopped',
  9009: 'NotInstalled',
}

/**
 * The first that matches decides, so the special stands before the general: "permission denied (publickey)" is about the key, and
 * "running scripts is disabled" ends with `UnauthorizedAccess`.
 */
export const BY_TEXT: readonly [RegExp, FailureCategory][] = [
  [/KeyboardInterrupt|interrupted by user|operation was cancell?ed|\^C\s*$/i, 'OperationStopped'],
  [
    /command not found|: not found$|is not recognized as (?:the name of|a name of|an internal)|CommandNotFoundException|No module named|Can't locate .{1,80} in @INC|cannot load such file|undefined function|(?:is not|never) defined|you need to install the|no such function|ModuleNotFoundError|Cannot find module|executable file not found|was not found; run without arguments|Unable to locate package|is (?:either )?not installed|: No such command|bad command name|Unknown action \d|^%? ?Unrecognized command|could not start \S{1,80} on \S|^Extension '\w{1,40}' not present|was not loaded because no valid module file/im,
    'NotInstalled',
  ],
  [
    /running scripts is disabled|PSSecurityException|certificate (?:verify failed|has expired|is not trusted)|self[- ]signed certificate|SSL certificate problem|host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/i,
    'SecurityError',
  ],
  [
    /no polkit agent|(?:you )?(?:must|need|needs|have) (?:to )?be root|requires? root privileges|must be (?:run as )?(?:root|superuser)|(?:elevated|administrator) (?:permissions|rights|privileges) are required|protected branch hook declined/i,
    'PermissionDenied',
  ],
  [
    /authentication (?:fail(?:ed|ure)|error)|Permission denied \(publickey|Access denied for user|login fail(?:ed|ure)|logon failure|invalid (?:credentials|password|user ?name|api key|token)|bad credentials|unknown authentication method|no mechanism available|no pg_hba\.conf entry|401 Unauthorized|could not read Username|NT_STATUS_LOGON_FAILURE|The user name or password is incorrect/i,
    'AuthenticationError',
  ],
  [
    /couldn't agree a|no matching (?:host key|key exchange|cipher|mac)|unable to negotiate|protocol negotiation failed|subsystem request failed|sftp-server: |NT_STATUS_(?:CONNECTION_DISCONNECTED|CONNECTION_RESET|NOT_SUPPORTED|INVALID_NETWORK_RESPONSE)|mount error\((?:95|112|121)\)|SMB ?v?1 (?:protocol|is)|wrong version number|(?:unsupported protocol|protocol not supported)|no protocols available|could not create SSL\/TLS secure channel|dh key too small/i,
    'ProtocolError',
  ],
  [
    /Exec format error|Could not load (?:type|file or assembly) ['"]|requires? a \w{2,20} version|is not a (?:git|docker|kubectl|npm) command|0x80070032|ERROR_NOT_SUPPORTED|unknown docker command|GLIBC_\d|not a valid Win32 application|Bad CPU type|not supported (?:on|by|in) (?:this|your|the)|requires (?:at least )?(?:PowerShell|Windows|version|Node|Python|glibc)|unsupported (?:[\w.]{1,20} ){0,3}(?:version|platform|engine|operating system)|(?:your|current) .{1,30}(?:version|SDK|runtime).{0,30} (?:does not (?:satisfy|support)|is too old|is not supported)|(?:is|are) too old|(?:or|and) (?:later|newer|higher|above) is required|requires at least \d|wire version|minimum .{0,30}version|EBADENGINE|is not compatible with|incompatible|version mismatch|feature is not (?:available|supported|enabled)|not supported (?:on|by|in) \w{1,20} edition|Unknown (?:table|column) .{1,60} in ['"]?information_schema|(?:node_modules|(?:site|dist)-packages)\/[\s\S]{0,400}SyntaxError/i,
    'Compatibility',
  ],
  [
    /No space left|ENOSPC|disk quota|EDQUOT|quota exceeded|rate limit|429 Too Many|not enough (?:disk )?space/i,
    'QuotaExceeded',
  ],
  [
    /out of memory|ENOMEM|Cannot allocate memory|too many open files|EMFILE|Argument list too long|OutOfMemory/i,
    'LimitsExceeded',
  ],
  [
    /could not resolve host|ENOTFOUND|Name or service not known|name resolution|getaddrinfo|connection (?:was )?(?:refused|reset|closed|aborted)|ECONNREFUSED|ECONNRESET|No route to host|network is unreachable|EHOSTUNREACH|ENETUNREACH|host (?:is )?unreachable|RPC server is unavailable|WinRM (?:cannot|client cannot)|(?:unable|failed) to (?:connect|establish|contact)|(?:can ?not|can't|could not) connect|could not open a connection|server is not found or (?:instance|not)/i,
    'ConnectionError',
  ],
  [/timed? ?out|ETIMEDOUT|timeout (?:expired|exceeded|period)|deadline exceeded/i, 'OperationTimeout'],
  [
    /permission denied|access (?:to .{0,200} )?(?:is |was )?denied|EACCES|EPERM|Operation not permitted|UnauthorizedAccess|403 Forbidden|must be (?:run as )?root|requires elevation|are you root|interactive authentication required|(?:not have|insufficient) (?:the )?(?:permission|privilege|access|required)|Run as administrator|administrator access|must be (?:the )?(?:owner|super ?user)|as (?:the )?superuser|try with sudo|Authorization failed|is not writable|not authorized to|requires? (?:root|administrator|superuser)/i,
    'PermissionDenied',
  ],
  [
    /being used by another process|resource busy|EBUSY|text file busy|could not get lock|is locked|address already in use|EADDRINUSE|database is locked|another .{0,60} is running|port is already allocated|Multiple connections to a server|\[(?:remote )?rejected\]|fetch first|non-fast-forward|Automatic merge failed/i,
    'ResourceBusy',
  ],
  [/already exists|EEXIST|file exists|already (?:been )?(?:registered|in use)/i, 'ResourceExists'],
  [/ParserError|ParseException|is not a valid statement separator|Unexpected token '/, 'ParserError'],
  [
    /syntax error|SyntaxError|Incorrect syntax near|% ?Invalid input|is not a recogni[sz]ed built-in function|unexpected (?:token|EOF|end of)|unterminated|parse error|error in your SQL syntax|missing (?:closing|terminator)/i,
    'SyntaxError',
  ],
  [/not implemented|NotImplemented|ENOSYS|Function not implemented/i, 'NotImplemented'],
  [
    /unbound variable|externally-managed-environment|find section in config file|communicate with the .{1,40} driver|make sure (?:that )?.{1,80} is installed|no enabled repos|No URLs in mirrorlist|a valid baseurl for repo|not have a Release file|Inappropriate ioctl|not registered (?:to|with)|source files could not be|dubious ownership|environment variable .{0,80}(?:not set|missing|required)|JAVA_HOME|cannot open display|not a tty|no DISPLAY/i,
    'Environment',
  ],
  [
    /(?:invalid|illegal|unrecognized|unrecognised|unknown|unexpected|bad|no such) (?:option|argument|flag|parameter|switch|value|subcommand|command)|parameter cannot be found|ParameterBinding|missing (?:required )?(?:argument|operand|parameter)|InvalidArgument|requires an argument|option .{1,60} is unknown|not an? (?:recogni[sz]ed|valid|known) (?:flag|option)|unknown column|please try adding '-|must be one of|invalid choice|valid (?:values|choices|options) (?:are|is)|^usage:/im,
    'InvalidArgument',
  ],
  [/service unavailable|503|temporarily unavailable|EAGAIN|ResourceUnavailable|overloaded/i, 'ResourceUnavailable'],
  [
    /protocol error|SSL_ERROR|TLS handshake|malformed|unexpected response|502 Bad Gateway|500 Internal Server/i,
    'ProtocolError',
  ],
  [
    /no such (?:file|container|image|host|service|user|device|process|table|object)|ENOENT|cannot find|could not (?:find|be found)|(?:does|do) not exist|not (?:be )?found|not loaded|404|Unknown (?:database|host|unit)|no matching|ObjectNotFound/i,
    'ObjectNotFound',
  ],
  [
    /InvalidOperation|invalid operation|not a git repository|failed to (?:start|stop|restart)|(?:can ?not|can't) be (?:started|stopped|removed|deleted)|CONFLICT|is not running|cannot (?:start|stop) service/i,
    'InvalidOperation',
  ],
  // What says so in general, where nothing in particular is said.
  [
    /\b(?:only root|root (?:privileges|permissions|access|user)|super ?user|elevated|Forbidden|not (?:permitted|allowed)|(?:access|permission).{0,40} denied|denied access)\b/i,
    'PermissionDenied',
  ],
  [
    /\b(?:un|not )supported\b|doesn't have a resource type|no matches for kind|does(?:n't| not) support|no longer supported|(?:was|has been|were) removed in|(?:built|compiled) without|without .{1,30} support\b/i,
    'Compatibility',
  ],
  [
    /\b(?:unknown|unrecogni[sz]ed|illegal|invalid) (?:\w{1,15} ){0,2}(?:sub)?(?:command|namespace|keyword|action|directive|property|operation|verb)s?\b/i,
    'InvalidArgument',
  ],
]
