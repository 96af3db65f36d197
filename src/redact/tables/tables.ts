import type { Layer } from '../finding.ts'

export const tables: Layer = () => undefined
