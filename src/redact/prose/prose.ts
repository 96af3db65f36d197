import type { Layer } from '../finding.ts'

export const prose: Layer = () => undefined
