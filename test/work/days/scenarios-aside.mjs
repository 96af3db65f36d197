export const asideScenarios = []
