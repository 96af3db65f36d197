import type { Handlers } from '../../context.ts'
import { agentTokens, endAgentTokens, resumeAgents } from './agent-tokens.ts'
import { confirmTotp, removeTotp, startTotp } from './authenticators.ts'
import { login } from './logins.ts'
import { endLogin, logins, logout, me } from './own-logins.ts'
import { refresh } from './refresh.ts'
import { stepUp } from './step-up.ts'

export const auth: Handlers['auth'] = {
  login,
  refresh,
  logout,
  me,
  logins,
  endLogin,
  stepUp,
  startTotp,
  confirmTotp,
  removeTotp,
  agentTokens,
  endAgentTokens,
  resumeAgents,
}
