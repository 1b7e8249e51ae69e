import { SMTPServer } from 'smtp-server'

/** A mail server of its own process that takes everything and keeps nothing. Prints its port. */
const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, _session, done) {
    stream.resume()
    stream.on('end', () => done())
  },
})
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port))
