// Reference "constant": a bare node:http handler that reads the request and answers with a body of the right size. No work at all.
import { createServer } from 'node:http'

process.on('disconnect', () => process.exit())

process.once('message', (bodies) => {
  const answers = new Map(Object.entries(bodies).map(([name, text]) => [name, Buffer.from(text)]))
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      const body = answers.get(request.headers['x-bench'])
      response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length })
        .end(body)
    })
  })
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
})
