import { defineConfig } from 'vitest/config'

// A test must not see the configuration of whoever runs it, least of all when that is Claude Code itself.
for (const name of Object.keys(process.env)) {
  if (/^(MSP_(?!TEST_|WYCHEPROOF_DIR$)|CLAUDE|ANTHROPIC_)/.test(name)) delete process.env[name]
}

export default defineConfig({
  test: {
    // Processes, not threads: native addons and process.env stay apart, and a crash names its file.
    pool: 'forks',
    maxWorkers: 2,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          globalSetup: ['test/support/mariadb.ts', 'test/support/templates.ts'],
          // They end what hangs and measure nothing: on a busy machine with two cores everything takes several times as long.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Each file drives real clients and servers; two at once would time each other out on a small machine.
          fileParallelism: false,
          // Two projects with different worker counts must not share a group.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
