import { pattern } from './lazy.ts'

const isAddress = (word: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$|:\/\/|^\\\\/.test(word) || /^(?:[\da-f]{2}:){5}[\da-f]{2}$/i.test(word)

/** Whether a word is an address, a URL or a share, or is called as machines of networks are. */
export const isHost = (word: string): boolean => isAddress(word) || HOST().test(word.toLowerCase())

const HOST = pattern(
  [
    String.raw`^[a-z][\w-]*(?:\.[\w-]+)*\.(?:[a-z]{2,4}|example|local|internal|test|lan|office)$`,
    String.raw`^(?:srv|sw|fw|ap|nas|gw|dc|db|esx|pve|ont|olt|nvr|cam|app|web|mail|mf|pc|ws|rt|fs|erp|vm|hv|ups|pbx|rds|ts|bk)-?[a-z]{0,10}-?\d{0,3}$`,
    '^(?:ap|sw|gw|fw|nas|srv)-[a-z]{2,12}$',
  ].join('|'),
)
