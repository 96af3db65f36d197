import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { client, clientAlias, IDENTIFIED_VIA, site } from '../../../src/contract/clients.ts'
import { contact } from '../../../src/contract/contacts.ts'
import { domain } from '../../../src/contract/domains.ts'
import { infrastructure } from '../../../src/contract/infrastructure.ts'
import { ipKey, possibleStarts } from '../../../src/contract/ip-ranges.ts'
import type { AnyEntity } from '../../../src/contract/kernel.ts'
import { m365Tenant } from '../../../src/contract/m365.ts'
import { network } from '../../../src/contract/networks.ts'
import type { Context, Handlers } from '../../context.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { OPEN_MAIL_PROVIDERS, readTechnicalName, type TechnicalName } from './technical-names.ts'

type Identify = Handlers['clients']['identify']
type Match = Awaited<ReturnType<Identify>>['matches'][number]

/** One way to a client: rows of an entity by an indexed condition. */
interface Way {
  via: Match['via']
  entity: AnyEntity
  label: string
  where: RawBuilder<SqlBool>
}

const MOST_OF_ONE_WAY = 20

/** Whose a host, address, domain, mailbox or URL is, among the clients that the caller may see. */
export async function identifyClients(context: Context, text: string): ReturnType<Identify> {
  const name = readTechnicalName(text)
  const ways = name.ip === undefined ? waysByName(name) : waysByAddress(name.ip)
  const parts = ways.map((way) => partOf(context, way))
  const found = await sql<Match>`select found.via, found.client_id, found.id, found.label, clients.name as client_name
    from (${sql.join(parts, sql` union all `)}) as found
    join clients on clients.id = found.client_id and clients.archived_at is null`.execute(context.db)
  return { kind: name.kind, matches: found.rows.sort(surestFirst) }
}

function waysByAddress(ip: string): Way[] {
  const contains = sql<SqlBool>`range_start in (${sql.join(possibleStarts(ip))}) and range_end >= ${ipKey(ip)}`
  const ofSite = sql<SqlBool>`id in (select site_id from site_public_ranges where ${contains})`
  return [
    { via: 'primary_ip', entity: infrastructure, label: 'hostname', where: sql`primary_ip = ${ip}` },
    { via: 'mgmt_ip', entity: infrastructure, label: 'hostname', where: sql`mgmt_ip = ${ip}` },
    { via: 'public_ip', entity: site, label: 'name', where: ofSite },
    { via: 'network', entity: network, label: 'name', where: contains },
  ]
}

function waysByName({ email, domains }: TechnicalName): Way[] {
  const [host = ''] = domains
  const among = (column: string, values: string[] = domains) =>
    sql<SqlBool>`${sql.ref(column)} in (${sql.join(values.length > 0 ? values : [''])})`
  const own = domains.filter((name) => !OPEN_MAIL_PROVIDERS.has(name))
  const hosts: Way[] = [
    { via: 'fqdn', entity: infrastructure, label: 'fqdn', where: among('fqdn', [host]) },
    { via: 'hostname', entity: infrastructure, label: 'hostname', where: among('hostname_key', [host]) },
    {
      via: 'short_name',
      entity: infrastructure,
      label: 'hostname',
      where: among('hostname_key', host.includes('.') ? [host.replace(/\..*/, '')] : []),
    },
  ]
  return [
    ...(email === undefined
      ? hosts
      : [{ via: 'contact' as const, entity: contact, label: 'name', where: sql<SqlBool>`email = ${email}` }]),
    { via: 'domain', entity: domain, label: 'name', where: among('name') },
    { via: 'primary_domain', entity: client, label: 'primary_domain', where: among('primary_domain') },
    { via: 'tenant_domain', entity: m365Tenant, label: 'default_domain', where: among('default_domain') },
    { via: 'tenant_domain', entity: m365Tenant, label: 'onmicrosoft_domain', where: among('onmicrosoft_domain') },
    { via: 'alias', entity: clientAlias, label: 'alias', where: among('alias_key') },
    { via: 'contact_domain', entity: contact, label: 'email', where: among('email_domain', own) },
  ]
}

function partOf(context: Context, { via, entity, label, where }: Way): RawBuilder<unknown> {
  const owner = sql.ref(entity.belongs === 'is-client' ? 'id' : 'client_id')
  return sql`select * from (
    select ${sql.lit(via)} as via, ${owner} as client_id, id, ${sql.ref(label)} as label from ${sql.table(entity.table)}
    where ${where} and archived_at is null and ${visibleRows(entity, context.caller, context.clock())}
    limit ${sql.lit(MOST_OF_ONE_WAY)}
  ) as ${sql.id(`by_${via}_${label}`)}`
}

/** Within one way the longer name: `mail.dataforth.com` before `dataforth.com`. */
function surestFirst(a: Match, b: Match): number {
  const rank = IDENTIFIED_VIA.indexOf(a.via) - IDENTIFIED_VIA.indexOf(b.via)
  return rank || b.label.length - a.label.length || (a.id < b.id ? -1 : 1)
}
