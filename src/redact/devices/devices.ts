import type { Layer } from '../finding.ts'

export const devices: Layer = () => undefined
