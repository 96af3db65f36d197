import type { Handlers } from '../../context.ts'

export const audit = {
  checkpoint: async (context) => ({
    checkpoint: (await context.audit.newest(context.db)) ?? null,
    public_key: context.audit.publicKey,
  }),
} satisfies Handlers['audit']
