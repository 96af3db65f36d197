// A tiny MCP server for tests: each tool answers with what stands in the file of its argument.
const { readFileSync } = require('node:fs')
const { createInterface } = require('node:readline')

const answer = (id, body) => console.log(JSON.stringify({ jsonrpc: '2.0', id, ...body }))
const inputSchema = { type: 'object', properties: { file: { type: 'string' } } }

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line)
  if (method === 'initialize') {
    const serverInfo = { name: 'vault', version: '1' }
    answer(id, { result: { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo } })
  } else if (method === 'tools/list') {
    answer(id, { result: { tools: [{ name: 'look', description: 'Shows a file', inputSchema }] } })
  } else if (method === 'tools/call') {
    const text = readFileSync(params.arguments.file, 'utf8')
    const isJson = params.arguments.file.endsWith('.json')
    answer(id, {
      result: { content: [{ type: 'text', text }], ...(isJson ? { structuredContent: JSON.parse(text) } : {}) },
    })
  } else if (id !== undefined) answer(id, { error: { code: -32601, message: 'no such method' } })
})
