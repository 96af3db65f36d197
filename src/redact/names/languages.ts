/** Small letters without accents. */
export const plain = (lower: string): string =>
  /[^\0-\x7f]/.test(lower)
    ? lower
        .replace('пароль', 'password')
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .replace(/ł/g, 'l')
    : lower

const ACCENTED = 'lösenord hasło jelszó slaptažodis şifre contraseña'

/**
 * Names of passwords in further languages of Europe and Latin America, with their accents and without: of keys, flags, headings and sentences
 * alike. Those that have `pass` in them are found by it.
 */
export const FURTHER_NAMES = `${ACCENTED} ${plain(ACCENTED)} adgangskode kodeord salasana heslo lozinka zaporka geslo parola parool senha пароль`
