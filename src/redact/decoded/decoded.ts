import type { Layer } from '../finding.ts'

export const decoded: Layer = () => undefined
