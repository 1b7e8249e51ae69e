/** The map's index. The web app's catch-all comes last. */
import './routes/operations.ts'
import './routes/webhooks.ts'
import './routes/public.ts'
import './routes/account.ts'
import './routes/api.ts'
import './routes/web.ts'
