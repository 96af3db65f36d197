/** Verbs of PowerShell, as far as cmdlets begin with them. */
const CMDLET =
  /^(?:add|backup|block|checkpoint|clear|close|compare|complete|compress|connect|convert(?:from|to)?|copy|debug|disable|disconnect|dismount|enable|enter|exit|expand|export|find|foreach|format|get|grant|group|import|initialize|install|invoke|join|lock|measure|merge|mount|move|new|open|optimize|out|pop|protect|publish|push|read|receive|register|remove|rename|repair|request|reset|resize|resolve|restart|restore|resume|revoke|save|search|select|send|set|show|sort|split|start|stop|submit|suspend|switch|sync|tee|test|trace|unblock|uninstall|unlock|unprotect|unregister|update|use|wait|where|write)-[a-z]/i
/** Programs of Linux that begin like one. */
const OTHERS = /^(?:update-(?:alternatives|grub|initramfs|rc|ca-|secureboot|locale)|add-apt|start-stop)/i

/** `Get-ADUser`, and not `apt-get`: what it does, its parameters say. */
export const isCmdlet = (program: string): boolean => CMDLET.test(program) && !OTHERS.test(program)
