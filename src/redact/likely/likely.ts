import type { Layer } from '../finding.ts'

export const likely: Layer = () => undefined
