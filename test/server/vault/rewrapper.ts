import { parseDatabaseUrl } from '../../../server/config.ts'
import { createMasterKeys } from '../../../server/db/master-keys.ts'
import { openDatabase } from '../../../server/db/open.ts'
import { readKeyFile } from '../../../server/key-file.ts'
import { rewrap } from '../../../server/vault/rotation.ts'

/** A process that wraps keys again, one per transaction, until it is done or killed: `rewrapper.ts DATABASE_URL KEY_FILE`. */

const [url = '', masterKeyFile = ''] = process.argv.slice(2)
const database = await openDatabase(parseDatabaseUrl(url))
const masterKeys = readKeyFile(masterKeyFile)
const masters = createMasterKeys({ masterKey: masterKeys[0] as Uint8Array, masterKeys, masterKeyFile })
const deps = { ...database, masters, clock: () => new Date() }
await rewrap(deps, (done) => process.stdout.write(`${done}\n`), 1)
await database.db.destroy()
