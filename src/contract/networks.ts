import { z } from 'zod'
import { Cidr, Ip, Mac } from './addresses.ts'
import { defineEntity, query } from './kernel.ts'
import { EXAMPLE_ID, line, ref, strings, text } from './values.ts'

const NETWORK_KIND = ['lan', 'dmz', 'guest', 'iot', 'voip', 'management', 'wan', 'vpn', 'sdwan', 'cloud_vnet'] as const
const Vlan = z.int().min(1).max(4_094)

/** A network of a site. Two of one site never overlap; those of different sites and clients may. */
export const network = defineEntity('network', {
  plural: 'networks',
  belongs: 'client',
  clientFrom: 'site_id',
  fixed: { site_id: ref('sites') },
  editable: {
    name: line(200),
    kind: z.enum(NETWORK_KIND).default('lan'),
    cidr: Cidr,
    vlan_id: Vlan.nullable(),
    gateway: Ip.nullable(),
    dns_servers: strings.default([]),
    dhcp_enabled: z.boolean().default(false),
    dhcp_server_id: ref('infrastructure').nullable(),
    dhcp_range: line(200).nullable(),
    domain: line(253).nullable(),
    ssid: line(100).nullable(),
    notes: text().nullable(),
  },
  managed: {
    client_id: ref('clients'),
    ip_version: z.int().min(4).max(6),
    /** First and last address, as text whose order is the order of the addresses. */
    range_start: line(33),
    range_end: line(33),
  },
  filter: { site_id: ref('sites'), kind: z.enum(NETWORK_KIND), vlan_id: Vlan, cidr: Cidr },
  sort: ['created_at', 'name', 'range_start', 'vlan_id'],
  searched: ['name', 'cidr', 'ssid'],
  example: { site_id: EXAMPLE_ID, name: 'Office LAN', cidr: '192.168.10.0/24', vlan_id: 10, gateway: '192.168.10.1' },
})

export const networks = {
  ...network.offers,
  find: query({
    input: z.strictObject({
      ip: Ip,
      client: line(200).optional(),
      client_id: ref('clients').optional(),
      site_id: ref('sites').optional(),
    }),
    /** The narrowest first. */
    output: z.object({ items: z.array(network.row) }),
    rest: { method: 'GET', path: '/networks/find' },
    summary: 'Which networks contain an address',
    example: { ip: '192.168.10.5' },
    errors: ['NOT_FOUND'],
  }),
}

/** A network adapter or port of an asset. */
export const networkInterface = defineEntity('network interface', {
  plural: 'networkInterfaces',
  belongs: 'client',
  clientFrom: 'infrastructure_id',
  fixed: { infrastructure_id: ref('infrastructure') },
  editable: {
    network_id: ref('networks').nullable(),
    name: line(100),
    mac: Mac.nullable(),
    ips: strings.default([]),
    /** The switch that it is plugged into. */
    switch_id: ref('infrastructure').nullable(),
    switch_port: line(50).nullable(),
    speed_mbps: z.int().positive().nullable(),
    notes: text(2_000).nullable(),
  },
  managed: { client_id: ref('clients') },
  filter: {
    infrastructure_id: ref('infrastructure'),
    network_id: ref('networks'),
    switch_id: ref('infrastructure'),
    mac: Mac,
  },
  sort: ['created_at', 'name'],
  searched: ['name', 'mac', 'ips', 'switch_port'],
  example: { infrastructure_id: EXAMPLE_ID, name: 'Ethernet0', mac: '00:15:5d:0a:1f:02', ips: ['192.168.10.5'] },
})
