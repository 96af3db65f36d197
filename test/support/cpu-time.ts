/**
 * Milliseconds of work that this process has done. A test that bounds how long something takes compares these: on a busy machine everything
 * takes longer by the clock on the wall, but is no more work.
 */
export function cpuNow(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
