import { z } from 'zod'

const ADDRESS =
  /^(https:\/\/[A-Za-z0-9.-]{1,253}|http:\/\/(localhost|127\.0\.0\.1|\[::1\]))(:[1-9][0-9]{0,4})?([/?#][!-~]{0,1500})?$/

/**
 * Where programs talk to: encrypted, or on this machine. A user name and password before the host do not fit: every reader
 * would see them.
 */
export const WebAddress = z
  .string()
  .regex(ADDRESS, 'must be an https:// address (http:// only for this machine) without user name and password')
  .refine((text) => URL.canParse(text), 'is no address of the web')
