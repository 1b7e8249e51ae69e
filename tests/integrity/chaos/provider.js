import { startStandIn } from '../../stand_in/server.js'

/** The stand-in as a process, which tells its parent how many calls have come: faults are counted by calls, not by time. */
const standIn = await startStandIn(JSON.parse(process.argv[2]))
process.send({ port: standIn.port })

let told = 0
setInterval(() => {
  const { calls } = standIn.world.counts
  if (calls === told) return
  told = calls
  process.send({ calls })
}, 5)
process.once('disconnect', () => process.exit())
