import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { type TestUser, testServer } from '../support/server.ts'

/** Tags, and the rules that give them: merging moves what there is, once. */

async function office(database: (typeof DATABASES)[number]) {
  const msp = await testServer({ database })
  const lead = await msp.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth'] })
  const { api } = lead
  const client_id = await msp.client('Dataforth')
  const machine_id = await msp.machine(lead)
  const session = await api.sessions.create({ machine_id, client_id, mode: 'msp', claude_session_id: 'one' })
  const aTag = (slug: string, parent_id?: string) =>
    api.tags.create({ slug, name: slug, ...(parent_id ? { parent_id } : {}) })
  const anItem = async (...tags: { id: string }[]) => {
    const item = await api.workItems.create({ session_id: session.id, client_id, title: 'Work' })
    await api.workItems.tag({ id: item.id, add: tags.map(({ id }) => id) })
    return item
  }
  const tagsOf = async (id: string) => (await api.workItems.tag({ id })).tags.map(({ slug }) => slug)
  return {
    msp,
    lead,
    api,
    client_id,
    session,
    aTag,
    anItem,
    tagsOf,
    [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose](),
  }
}

for (const database of DATABASES) {
  describe(`tags, on ${database}`, () => {
    let world: Awaited<ReturnType<typeof office>>
    beforeAll(async () => {
      world = await office(database)
    })
    afterAll(() => world[Symbol.asyncDispose]())

    test('merging moves everything that had the one, once', async () => {
      const { api, aTag, anItem, tagsOf, session, client_id } = world
      const [o365, m365] = [await aTag('o365'), await aTag('m365')]
      const [one, both] = [await anItem(o365), await anItem(o365, m365)]
      await api.sessions.tag({ id: session.id, add: [o365.id] })
      const context = await api.conversationContexts.create({
        client_id,
        kind: 'handoff',
        title: 't',
        dense_summary: 's',
      })
      const contextTag = await api.contextTags.create({ context_id: context.id, tag_id: o365.id })
      const rule = await api.tagRules.create({ name: 'Mail', looks_at: 'text', pattern: 'outlook', tag_id: o365.id })
      const child = await aTag('teams', o365.id)

      const merged = await api.tags.merge({ id: o365.id, into_id: m365.id })

      expect(merged).toMatchObject({ merged_into_id: m365.id, archived_at: expect.any(String) })
      expect([await tagsOf(one.id), await tagsOf(both.id)]).toEqual([['m365'], ['m365']])
      expect((await api.sessions.list({ tag: 'm365' })).items.map(({ id }) => id)).toEqual([session.id])
      expect(await api.contextTags.get({ id: contextTag.id })).toMatchObject({ tag_id: m365.id })
      expect(await api.tagRules.get({ id: rule.id })).toMatchObject({ tag_id: m365.id })
      expect(await api.tags.get({ id: child.id })).toMatchObject({ parent_id: m365.id })
      expect(await api.tags.merge({ id: o365.id, into_id: m365.id })).toEqual(merged)
    })

    test('a chain of merges ends at the tag that is left, and never in a circle', async () => {
      const { api, aTag, anItem, tagsOf } = world
      const [a, b, c] = [await aTag('a'), await aTag('b'), await aTag('c')]
      await api.tags.merge({ id: a.id, into_id: b.id })
      await api.tags.merge({ id: b.id, into_id: c.id })

      const item = await anItem(a)

      expect(await tagsOf(item.id)).toEqual(['c'])
      for (const { id } of [a, b, c])
        await expect(api.tags.merge({ id: c.id, into_id: id })).rejects.toMatchObject({ code: 'CONFLICT' })
    })

    test('a tag that is merged into one below it leaves no tag below itself', async () => {
      const { api, aTag } = world
      const top = await aTag('top')
      const middle = await aTag('middle', top.id)
      const low = await aTag('low', middle.id)

      await api.tags.merge({ id: top.id, into_id: low.id })

      expect(await api.tags.get({ id: middle.id })).toMatchObject({ parent_id: null })
      expect(await api.tags.get({ id: low.id })).toMatchObject({ parent_id: middle.id })
    })

    test('are counted in what the caller may see', async () => {
      const { msp, lead, api, aTag, anItem, session } = world
      const [often, once] = [await aTag('often'), await aTag('once')]
      await anItem(often)
      await anItem(often, once)
      await api.sessions.tag({ id: session.id, add: [often.id] })
      const ben = await msp.technician({ name: 'Ben', clients: ['Contoso'] })

      const used = async (who: TestUser) =>
        (await who.api.tags.usage({})).items.filter(({ id }) => id === often.id || id === once.id)

      expect(await used(lead)).toMatchObject([
        { slug: 'often', sessions: 1, work_items: 2, contexts: 0 },
        { slug: 'once', sessions: 0, work_items: 1, contexts: 0 },
      ])
      expect(await used(ben)).toMatchObject([
        { sessions: 0, work_items: 0 },
        { sessions: 0, work_items: 0 },
      ])
    })

    test('a rule gives a tag or a category, by a pattern that no text makes slow', async () => {
      const { api, aTag } = world
      const tag = await aTag('printing')
      const [category] = (await api.workCategories.list({ category: 'incident' })).items
      const rule = { name: 'r', looks_at: 'command', match_kind: 'regex', pattern: 'spool', tag_id: tag.id } as const
      const refused = { code: 'INVALID_INPUT' }

      await expect(api.tagRules.create({ ...rule, tag_id: null })).rejects.toMatchObject(refused)
      await expect(api.tagRules.create({ ...rule, work_category_id: category?.id as string })).rejects.toMatchObject(
        refused,
      )
      await expect(api.tagRules.create({ ...rule, pattern: '(a+)+$' })).rejects.toMatchObject(refused)
      const made = await api.tagRules.create(rule)
      await expect(api.tagRules.update({ id: made.id, pattern: '(spool' })).rejects.toMatchObject(refused)
    })
  })
}
