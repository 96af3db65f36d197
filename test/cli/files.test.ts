import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rowCounter } from '../../src/cli/export-file.ts'
import { barOf, createProgress } from '../../src/cli/progress.ts'
import { decode } from '../../src/cli/text-file.ts'
import { testServer } from '../support/server.ts'
import { aHome } from './home.ts'

/** `msp export` and `msp import`: lists as files, and files as rows. */

const HEADER = 'Client,Hostname,Type,Notes'

describe('a text file', () => {
  test.each([
    ['utf-8', Buffer.from('Zürich')],
    ['utf-8', Buffer.from('\uFEFFZürich')],
    ['utf-16le', Buffer.from('\uFEFFZürich', 'utf16le')],
    ['utf-16le', Buffer.from('Zürich', 'utf16le')],
    ['utf-16be', Buffer.from('\uFEFFZürich', 'utf16le').swap16()],
    ['windows-1252', Buffer.from('Zürich', 'latin1')],
  ] as const)('in %s is read as what it says', (encoding, bytes) => {
    expect(decode(bytes)).toEqual({ text: 'Zürich', encoding })
  })
})

describe('progress', () => {
  test('counts rows while they pass, whatever their cells hold', () => {
    const count = (format: 'csv' | 'json' | 'ndjson', ...chunks: string[]) => {
      const rows = rowCounter(format)
      for (const chunk of chunks) rows.take(Buffer.from(chunk))
      return rows.count()
    }

    expect(count('csv', 'a,b\r\n1,"two\r\nli', 'nes ""here"""\r\n3,4\r\n')).toBe(2)
    expect(count('csv', 'a,b\r\n')).toBe(0)
    expect(count('json', '[\n{"a":1}', ',\n{"a":2}\n]\n')).toBe(2)
    expect(count('json', '[]\n')).toBe(0)
    expect(count('ndjson', '{"a":1}\n{"a":2}\n')).toBe(2)
  })

  test('is shown at a terminal, after a second', () => {
    const written: string[] = []
    let now = 0
    const terminal = { isTTY: true, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream
    const progress = createProgress(5_000, terminal, () => now)

    progress.at(10)
    now = 1_001
    progress.at(1_250)
    progress.end()

    expect(written).toEqual([`\r${'█'.repeat(6)}${'░'.repeat(18)}  1,250 of 5,000 rows`, '\r\u001b[K'])
    expect(barOf(6, 5)).toBe(`${'█'.repeat(24)}  6 of 5 rows`)
    createProgress(1, { ...terminal, isTTY: false } as NodeJS.WriteStream, () => 9_999_999).at(1)
    expect(written).toHaveLength(2)
  })
})

describe('msp import and msp export', () => {
  test('bring assets in, tell of each that was refused, and give them back', async () => {
    await using msp = await testServer({ database: 'sqlite' })
    const ana = await msp.technician({ clients: ['Dataforth', 'Contoso'] })
    const home = aHome(msp.url)
    await home.login(ana)
    const file = join(home.work, 'assets.csv')
    const rows = Array.from(
      { length: 1_100 },
      (_, serial) => `Dataforth;WS-${serial};Desktop;"Line\none ""${serial}"""`,
    )
    writeFileSync(
      file,
      Buffer.from(`\uFEFF${[HEADER.replaceAll(',', ';'), ...rows, 'Nobody;X;Desktop;'].join('\r\n')}`, 'utf16le'),
    )

    const tried = await home.msp(['import', 'assets', file, '--dry-run'])
    const done = await home.msp(['import', 'assets', file])
    const again = await home.msp(['import', 'infrastructure', file, '--json'])
    const out = join(home.work, 'out.ndjson')
    const written = await home.msp(['export', 'infrastructure', '--client', 'dataf', '--output', out])
    const refused = await home.msp(['export', 'infrastructure', '--output', out])
    const piped = await home.msp('export infrastructure --format csv')

    expect(tried).toMatchObject({ code: 1, stderr: '' })
    expect(tried.stdout).toContain(
      '1101 rows, 1100 created, 0 updated, 0 unchanged, 1 refused. A dry run: nothing was kept.',
    )
    expect(done.stdout).toContain(
      'columns: Client → client, Hostname → hostname, Type → kind, Notes → environmental_notes',
    )
    expect(done.stdout).toMatch(/\n1101 +refused +X +There is no client "Nobody"\./)
    expect(again.json).toMatchObject({ counts: { rows: 1_101, unchanged: 1_100, refused: 1 } })
    expect(written).toMatchObject({ code: 0, stdout: `✓ 1100 rows of infrastructure in ${out}\n`, stderr: '' })
    const documents = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(documents).toHaveLength(1_100)
    expect(documents.find(({ hostname }) => hostname === 'WS-7')).toMatchObject({
      environmental_notes: 'Line\none "7"',
      kind: 'workstation',
    })
    if (process.platform !== 'win32') expect(statSync(out).mode & 0o777).toBe(0o600)
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.stderr).toContain('is there already')
    expect(piped.stdout.startsWith('id,created_at,')).toBe(true)
    expect((await home.msp(['export', 'infrastructure', '--output', out, '--force', '--json'])).json).toEqual({
      entity: 'infrastructure',
      rows: 1_100,
      file: out,
    })
  })

  test('say what is wrong with exit codes that scripts know', async () => {
    await using msp = await testServer({ database: 'sqlite' })
    const ana = await msp.technician({ clients: ['Dataforth'] })
    const home = aHome(msp.url)
    const file = join(home.work, 'sites.csv')
    writeFileSync(file, 'Client,Town\nDataforth,Tucson\n')

    expect(await home.msp('export sites')).toMatchObject({ code: 4, stdout: '' })
    await home.login(ana)
    const codes = {
      unknownList: (await home.msp('export passwords')).code,
      unknownClient: (await home.msp('export sites --client nobody')).code,
      unknownFormat: (await home.msp('export sites --format xlsx')).code,
      noFile: (await home.msp('import sites nothing.csv')).code,
      noName: (await home.msp('import sites sites.csv')).code,
      badMap: (await home.msp('import sites sites.csv --map Town')).code,
      leadOnly: (await home.msp('import clients sites.csv --map Client=name')).code,
      mapped: (await home.msp('import site sites.csv --map Town=name')).code,
      archivedToo: (await home.msp('export workItems --archived --date-from 2026-01-01')).code,
    }
    const call = await home.msp(['call', 'data.export', '{"entity":"sites"}'])

    expect(codes).toEqual({
      unknownList: 2,
      unknownClient: 5,
      unknownFormat: 2,
      noFile: 5,
      noName: 2,
      badMap: 2,
      leadOnly: 4,
      mapped: 0,
      archivedToo: 0,
    })
    expect(call.code).toBe(1)
    expect(call.stderr).toContain('msp export')
  })

  test('leave no half of an export that broke off', async () => {
    await using msp = await testServer({ database: 'sqlite' })
    const home = aHome(msp.url)
    await home.login(await msp.technician({ clients: ['Dataforth'] }))
    // In front of the server: what is exported breaks off after its first line.
    const breaking = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/csv', 'x-total-count': '500' }).write('id\r\n')
      setTimeout(() => response.destroy(), 50)
    })
    await new Promise<void>((resolve) => breaking.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void breaking.close())
    const url = `http://127.0.0.1:${(breaking.address() as AddressInfo).port}`
    const login = join(home.paths.auth, 'login.json')
    writeFileSync(login, readFileSync(login, 'utf8').replaceAll(msp.url, url))
    const out = join(home.work, 'sites.csv')

    const broken = await home.msp(['export', 'sites', '--output', out], { env: { MSP_API_URL: url } })

    expect(broken).toMatchObject({ code: 3, stdout: '' })
    expect(broken.stderr).toContain('broke off')
    expect([existsSync(out), existsSync(`${out}.part`)]).toEqual([false, false])
  })

  test('msp user show tells for whom somebody works', async () => {
    await using msp = await testServer({ database: 'sqlite' })
    const ana = await msp.technician({ clients: ['Dataforth'] })
    const home = aHome(msp.url)
    await home.login(msp.admin)

    const shown = await home.msp(['user', 'show', ana.email])

    expect(shown.stdout).toMatch(/role: +technician\nclients: +Dataforth \(write\)/)
  })
})
