/** What the surroundings of a text say about it being a password; set by hand on 2026-11-22, in the measure of the shapes. */
export const WEIGHTS = {
  /** `user jan X`, `-u jan X`, `ACME\jan X`, `scott/X@orcl` */
  afterUser: 3,
  /** `admin / X`, `beheer X` */
  afterAccountName: 2.4,
  /** `jan X`: a first name */
  afterFirstName: 0.8,
  /** `jan@contoso.example X`, `ans.bos / X` */
  afterPersonName: 1.8,
  /** `192.0.2.9 X` */
  afterHost: 1.2,
  /** `key X` */
  secretWord: 1.6,
  /** `admin X tab does not open` */
  goesOn: -1.2,
  /** `label on AP: key X` */
  sticker: 2,
  /** `Contoso-Guest / X` */
  parted: 1,
  /** `--unlock X`, `join=X`, `"p": "X"` */
  secretName: 2.8,
  /** `-w X`: one letter with which programs take passwords */
  secretLetter: 2.2,
  otherLetter: 0.6,
  otherFlag: 0.6,
  /** `echo X |`, `send "X"`, `<<< X` */
  typed: 1.6,
  /** A word for a password earlier in the line */
  label: 1.8,
  /** A word for signing in somewhere in the line */
  signIn: 0.8,
  /** `user jan X` without anything that parts them, as a sentence may have it too */
  afterWordUser: 2.4,
  /** `try X`, `it is now X` */
  told: 1.6,
  toldInLongText: 1,
  /** The whole text is what somebody types or tells. */
  shortText: 0.5,
  /** One or two lines, as of a chat */
  briefText: 0.7,
  /** `user jan04`: the user, not what the user signs in with */
  userName: -3,
  command: 0.6,
  quoted: 0.4,
  wholeLine: 0.6,
  /** `-ComputerName X`, `version: X` */
  plainName: -2.5,
  /** `f(X`, `X(`: code */
  call: -3,
  /** Within a path or a URL */
  path: -3,
  inUrl: -4,
  /** `<X>`, `[X]`, `${X}`, `\\X` */
  bracketed: -2,
}
