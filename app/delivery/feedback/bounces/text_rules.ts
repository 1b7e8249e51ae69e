import type { BounceClass } from './bounce_class.ts'

export interface TextRule {
  name: string
  class: BounceClass
  sentence: string
  words: RegExp
}

const any = (...words: string[]) => new RegExp(words.join('|'), 'i')

/**
 * What mail servers say, as they say it: codes are often wrong (5.7.1 for an unknown user, 5.1.1 for a listed address),
 * words seldom. The first that fits counts, so what is said of the sender stands before what is said of the reader.
 */
export const textRules: TextRule[] = [
  {
    name: 'out_of_office',
    class: 'auto_reply',
    sentence: 'An automatic answer: somebody is away. The mail has arrived.',
    words: any(
      'out[- ]of[- ](?:the[- ])?office',
      '\\b(?:auto(?:matic|mated)?[- ]?(?:reply|response|answer)|autorespon)',
      '\\bon (?:vacation|holiday|annual leave|parental leave|maternity leave)\\b',
      'vacation (?:reply|response|message)',
      'abwesenheits(?:notiz|meldung)|automatische antwort|nicht im (?:büro|hause)',
      'réponse automatique|absen(?:t|ce) du bureau|respuesta automática|fuera de la oficina',
      'risposta automatica|fuori ufficio|resposta automática|automatyczna odpowiedź|automatisch antwoord|自動応答|自动回复'
    ),
  },
  {
    name: 'recipient_restricted',
    class: 'soft',
    sentence: 'The address takes mail only from senders whom it knows.',
    words: any(
      'resolver\\.rst(?!\\.recipsize)|restricted to (?:authenticated|certain)|members-only|closed (?:mailing )?list|moderated',
      'sender (?:was )?not authenticated|(?:not|sender) in allowed-senders',
      '(?:not|only) (?:authori[sz]ed|permitted|allowed|subscribed)[^.;]{0,40}(?:group|list|distribution)',
      'not subscribed to this|recipient only accepts|accepts? (?:mail|messages) only from|challenge[- ]response|verify (?:your|the sender)'
    ),
  },
  {
    name: 'reader_refuses',
    class: 'soft',
    sentence: 'The reader does not want mail from this sender.',
    words: any(
      'you have been blocked by the recipient|(?:due|according) to (?:the )?recipient(?:.s)? preferences|rejected by recipients|user reject\\b',
      'recipient (?:id )?(?:refuses|is refusing|refuse|does not want) (?:to (?:accept|receive)|your)|only accepting mail from|not accepting any mail|has restricted sms'
    ),
  },
  {
    name: 'sender_refused',
    class: 'block',
    sentence: 'They do not accept the address or the domain that the mail comes from.',
    words: any(
      'sender(?: e-?mail)?(?: address| domain| email)? (?:rejected|refused|denied|blocked|not allowed|unknown|verif)',
      '(?:invalid|bad|unknown|forged) (?:envelope |mail )?sender',
      'sender (?:\\S+ )?has no (?:a|mx)',
      'domain of sender|sender domain|envelope sender domain|originator',
      'batv|backscatter|null sender|empty (?:envelope )?senders?|<> invalid|bouncedeny|unsigned dsn|third-party dsns|returned mail not accepted|bogus mail from',
      'mail from not owned|email address is not verified|from: domain is invalid|invalid domain, see|unroutable sender|sender not pre-approved|registered gateway user',
      'fully qualified e-?mail address required|empty email address|rfc ?1035 violation|unresolvable rfc\\.?5321 from|.metteur invalide|imposed mailbox access',
      'bad outbound sender|mailbox not allowed to send|not (?:authorized|allowed|permitted) to send'
    ),
  },
  {
    name: 'too_many_unknown',
    class: 'block',
    sentence: 'Too many mails to addresses that do not exist: they stopped taking mail from this server.',
    words: any(
      '(?:excessive|too many) (?:user ?id |user |recipient )?(?:unknowns?|invalid|bad|nonexist\\w*|errors)',
      'too many (?:invalid|unknown|bad|nonexistent) (?:users|recipients|addresses)'
    ),
  },
  {
    name: 'server_identity',
    class: 'block',
    sentence: 'They do not trust the sending server (its name or reverse DNS).',
    words: any(
      'reverse (?:dns|hostname|lookup)|\\bptr\\b|\\brdns\\b|fcrdns|helo|ehlo|generic hostname|dynamic[- ]ip|dial-?up|residential|cannot find your hostname|tls (?:is )?required|must issue a starttls',
      'cannot resolve your address|forward dns entry|unverif\\w+ sending|unresolvable relay|mismatches client|dns check failure|not advertise auth',
      'route requires (?:encryption|tls|high-strength)|confirm(?:ation)? (?:of )?this mail server|server requires confirmation'
    ),
  },
  {
    name: 'greylisted',
    class: 'soft',
    sentence: 'The server asks to try again later (greylisting).',
    words: any('gr[ae]y-?list', 'try again in \\d+ (?:sec|min)', 'deferred for \\d+|mail server temporarily rejected'),
  },
  {
    name: 'mailbox_full',
    class: 'soft',
    sentence: 'The mailbox is full.',
    words: any(
      '(?:mailbox|inbox|mail ?folder|mailfile|account|quota|maildir|recipient)[^.;]{0,60}\\b(?:full|over ?quota|overdrawn|exhausted)|full (?:mailbox|inbox)',
      '(?:mailbox|inbox|maildir|account)[^.;]{0,40}exceed\\w*[^.;]{0,20}(?:disk|storage|local|space) (?:space )?(?:limit|allowance)|mail ?file (?:size )?exceed|exceeding receiving limits',
      'too much mail data|space (?:has been|is) used up|(?:space|room) (?:is )?not enough|not? (?:have )?enough (?:space|room)|over (?:the |its |his |their )?(?:allowed |disk )?quota',
      'too many messages on the server|exhausted allowed|zu ?viele mails',
      'over ?quota|quota (?:exceed|violation|usage exceeded)|exceed\\w*[^.;]{0,40}(?:quota|storage|mailbox size|allowed size|size limit set|mailbox limit)',
      'quota[^.;]{0,30}exceed|out of (?:storage|disk) space|insufficient (?:system |disk )?storage|not enough (?:storage |disk )?space|mailbox (?:size )?limit|disk (?:quota|full)|storage (?:full|limit)',
      'mailfile.{0,30}too (?:large|big)|speicher(?:platz)? (?:voll|erschöpft)|postfach (?:ist )?voll|bo[îi]te (?:aux lettres |du destinataire )?pleine|casella piena|buz[oó]n lleno|skrzynka pełna|caixa .{0,20}cheia'
    ),
  },
  {
    name: 'lookup_failed',
    class: 'soft',
    sentence: 'The domain of the address could not be looked up.',
    words: any(
      '(?:host|domain|name)[^.;]{0,30}not found,? try again|name server reply|servfail|dns records for the destination|dns (?:query|lookup) (?:timed|fail)'
    ),
  },
  {
    name: 'no_such_domain',
    class: 'hard',
    sentence: 'The domain of the address does not exist or takes no mail.',
    words: any(
      'host (?:or domain name )?not found|host ?name is unknown|host unknown|name or service not known|recipient domain must exist|mail domain[^.;]{0,40}unknown',
      '(?:no such|non-?existent|unknown|invalid) (?:domain|host)',
      "domain (?:name )?(?:not found|does ?n[o']t exist|is unknown|unknown|has no mail)",
      "(?:domain|host) .{0,80}(?:does not exist|doesn't exist|not found|does not accept mail|has a null mx|null mx)",
      'null ?mx|unrout(?:e)?able (?:mail )?(?:domain|address)|no mx (?:record )?(?:for|found)|no route (?:for|found)',
      "couldn't find any host|tenant or domain not found|nxdomain|bad destination system|illegal host",
      'dns (?:server )?(?:returned answer with no data|error.{0,40}(?:not exist|no such))|InfoDomainNonexistent'
    ),
  },
  {
    name: 'away_for_now',
    class: 'soft',
    sentence: 'The mailbox is closed for a while.',
    words: any(
      'temporar\\w* (?:\\w+ )?(?:locked|inactive|disabled|suspended|closed|deactivated)|(?:locked|inactive|disabled|suspended|closed|deactivated)(?: \\w+)? temporar'
    ),
  },
  {
    name: 'no_such_address',
    class: 'hard',
    sentence: 'The address does not exist.',
    words: any(
      '(?:user|recipient|mailbox|account|address(?:ee)?|local ?part|alias|destinat(?:ion|ary)|person|customer)(?: \\S{1,80})? (?:is |was |are |address )?(?:unknown|not (?:found|known|recogni[sz]ed|listed|our customer))',
      'unknown (?:user|recipient|mailbox|account|address|local[- ]?part|e-?mail|or illegal|virtual)|addresses were unknown',
      'no such (?:user|recipient|mailbox|account|address|person|id\\b|email|mail ?drop|mail ?box|local|name|here)|nosuchuser',
      "(?:user|mailbox|account|address|recipient|alias|e-?mail)[^.;]{0,60}(?:do(?:es)?n['o]?t|do(?:es)? not|no(?:t| longer)) exist",
      "not exists?\\b|does not exist|doesn't exist",
      '(?:invalid|bad|illegal|incorrect|non-?existent|unrecogni[sz]ed) (?:user|recipient|mailbox|account|address|destination|final recipient|local|delivery address|email)',
      '(?:user|recipients?|mailbox|account|address)(?: address)? (?:is |are )?(?:invalid|unrecogni[sz]ed|incorrect)',
      'no (?:mail-?box|mail box|account|user|recipient|one)(?: \\w+){0,4} (?:here|by that name|available|with that|under that)',
      'not a (?:valid|known|local) (?:user|mailbox|recipient|address|account)|not our customer',
      "(?:does ?n['o]?t|do not) (?:have an? (?:\\S+ )?(?:account|mailbox|user)|handle mail for)|is not a valid",
      '(?:user|mailbox|recipient|address) (?:missing home|not present)|in name directory',
      'not an active address|(?:invalid|unknown) (?:final delivery )?user ?id|no (?:mailbox found|valid recipients)|no ?one at this|does not like recipient|account unavailable|can.t accept user|recipient (?:is )?not (?:ok|local)',
      'bad ?(?:rcptto|recipientto)|not in my validrcptto|envelope recipient has been denied|(?:wrong|no longer valid) e-?mail address|‹address›\\W{0,3} not found|recipient ?not ?found',
      'recipn?otfound|recipientnotfound|adr\\.exrecipnotfound|userunknown|address_not_found|invalid-recipient',
      "(?:recipient|address|email)(?: address)?(?: \\S{1,80})?(?: was| is)? (?:not|could ?n['o]t be|cannot be) (?:found|verified|resolved)",
      'recipient address rejected: access denied', // Exchange Online, when the directory has no such recipient
      'destin\\S* sconosciuto|nessun utente|recipient not allowed|not found in ldap|unable to find alias|cannot deliver mail for|user not available',
      'undeliverable address|recipient (?:address )?(?:is )?not (?:valid|allowed here)|not listed in (?:domino|public)',
      'user .{0,60}not listed|no longer (?:on (?:this )?server|an employee|valid|works)',
      "unbekannt|unbekannter (?:empfänger|benutzer)|existiert nicht|(?:utilisateur|destinataire|adresse) inconnue?|n'existe pas|adresse invalide",
      '(?:destinatario|indirizzo|utente) (?:sconosciuto|inesistente|errato)|usuario (?:desconocido|no existe)|no existe|desconhecido|não existe|nie istnieje|nie ma takiego|onbekend'
    ),
  },
  {
    name: 'address_given_up',
    class: 'hard',
    sentence: 'The mailbox was closed or is no longer used.',
    words: any(
      '(?:account|mailbox|user|address|recipient|e-?mail)[^.;]{0,60}\\b(?:disabled|deactivated|inactive|suspended|expired|closed|terminated|locked|not active|not activated|discontinued|abandoned)',
      '\\b(?:disabled|deactivated|inactive|suspended|expired|closed) (?:user|account|mailbox|recipient|address)|disableduser|overquotaperm\\.disabled',
      'archived recipient|due to inactivity|no longer (?:accepts?|receives?|in use|available|active)|has (?:left|moved)|old address|this address is retired|(?:mailbox|account) is frozen|address[^.;]{0,60}has been replaced by|recipient suspend|extended inactivity',
      '(?:destinataire|compte) archiv|(?:deaktiviert|gesperrt|désactivée?|disattivat[ao]|bloccato|inactivo|inactiva|ha expirado|zablokowane)'
    ),
  },
  {
    name: 'message_too_large',
    class: 'block',
    sentence: 'The mail is larger than they accept.',
    words: any(
      '(?:message|mail|msg)[^.;]{0,40}(?:too (?:large|big)|size exceeds|exceeds[^.;]{0,30}size)',
      'size limit|max(?:imum)? (?:inbound |incoming )?(?:message|e-?mail|mail) size|message length exceeds|number of attachments'
    ),
  },
  {
    name: 'authentication',
    class: 'block',
    sentence: 'They cannot verify the sender (SPF, DKIM or DMARC): the DNS records of the domain need care.',
    words: any(
      '\\b(?:spf|dkim|domainkeys|arc)\\b|dmarc',
      'unauthenticated|not authenticated|authentication (?:required|failed|check)|does not pass authentication|requires authentication',
      'turn(?:ed)? on (?:smtp auth|in your email client)|authentication (?:credentials|failure|turned on)|authentification (?:requise|invalide)|5\\.7\\.515'
    ),
  },
  {
    name: 'relay_denied',
    class: 'block',
    sentence: 'The server does not take mail for this domain from us.',
    words: any(
      'relay(?:ing)?[^.;]{0,30}(?:denied|not (?:permitted|allowed)|prohibited|access)',
      '(?:unable|not (?:allowed|permitted|configured)|refuse[sd]?) to relay|we do not relay|no relaying|(?:open|insecure)(?: mail)? relay|rcpthosts'
    ),
  },
  {
    name: 'rate',
    class: 'block',
    sentence: 'Too many mails at once: they ask for a slower pace.',
    words: any(
      'too many (?:smtp )?(?:connections|messages|mails?|sessions|concurrent|emails|recipients|requests)|rate[- ]?limit|exceeded (?:the )?(?:rate|limit|max(?!\\w* (?:delivery|hop)))|throttl|too (?:fast|frequent|much mail(?! data))|frequency(?: \\w+){0,4} limited|trop de connexions',
      '(?:unusual|unexpected|high) (?:rate|volume)|volume of|slow down|concurren(?:t|cy)|connection (?:rate|limit)|sending limit|daily (?:quota|limit)|sendinglimit'
    ),
  },
  {
    name: 'reputation',
    class: 'block',
    sentence: 'They do not trust the sending server or domain (blocklist or reputation).',
    words: any(
      'spamhaus|barracuda(?:central)?|sorbs|spamcop|uceprotect|\\bcbl\\b|abuseat|cloudmark|proofpoint dynamic|ivmsip|surbl|uribl|invaluement|senderscore',
      'black-?list|block[- ]?list|blocklisted|deny-?list|\\brbl\\b|dnsbl|\\bxbl\\b|\\bsbl\\b|\\bpbl\\b|is listed (?:in|on|at|by)|listed at http',
      'reputation|banned (?:sending|ip)|bad ip\\b|\\bip\\b[^.;]{0,40}(?:block|banned|denied|rejected)|(?:blocked|denied) (?:ip|using|by)|client host (?:\\S+ )?(?:blocked|rejected)|your (?:ip|host|server|network)[^.;]{0,60}(?:block|reject|denied|list)',
      'open proxy|suspected bounce|(?:connection|network) (?:denied|not allowed)|network,? not allowed|accepting (?:mail from your ip|connections)|smtp server of your isp|no access from mail server|\\bgo away\\b',
      'user complaints|complain|abuse|s3140|s3150|\\b(?:ou|sc|dy|rp)-00\\d\\b|tss\\d\\d|\\[cs01\\]'
    ),
  },
  {
    name: 'spam',
    class: 'block',
    sentence: 'Their filter took the mail for spam or refused its contents.',
    words: any(
      'spam|\\bjunk|unsolicited|\\bube\\b|\\buce\\b|bulk (?:mail|email)|suspicious|phish|malware|\\bvirus(?:es)?\\b|malicious|dangerous',
      'our system has detected|illegal attachment|executable files|bulk[ .]advertis|\\breject\\w* (?:\\w+ )?content|listed in [a-z0-9-]+\\.[a-z]|multiple addresses in|headers? error|headers? (?:are|is) (?:not accepted|too)',
      'duplicate headers?|multiple \\w+ headers?|header is too long|mass mailer|captcha|(?:not|n.t) accept(?:ing)? (?:mail|messages?) (?:with|containing)|with multiple addresses|before greeting|no [\\w-]+ field given',
      '\\b(?:content|message|e?-?mail|attachment|url|link)\\b[^.;]{0,40}(?:reject|denied|refused|banned|prohibited|not accepted|blocked|filtered)|content (?:policy|filter)|banned content|transaction failed'
    ),
  },
  {
    name: 'policy',
    class: 'block',
    sentence: 'Their rules do not let the mail in.',
    words: any(
      'protocol violation|low priority|polic(?:y|ies)|\\baup\\b|administrative(?:ly)? (?:prohibit|denied|reject)|organi[sz]ational settings|security (?:regulation|restriction)|not accepted here|local restriction|delivery not authori[sz]ed|blocked by (?:the )?(?:recipient|user|admin)|access denied|not allowed access|permission|prohibited|unwanted|\\bblocked\\b'
    ),
  },
  {
    name: 'mailbox_unavailable',
    class: 'hard',
    sentence: 'The mailbox cannot be reached; most servers say so of addresses that do not exist.',
    words: any(
      'mailbox (?:is )?(?:currently )?(?:unava\\w*|not available)|account is unavailable|address rejected|recipient (?:address )?rejected|that recipient is not allowed'
    ),
  },
  {
    name: 'delivery_expired',
    class: 'soft',
    sentence: 'The mailbox could not be reached for days.',
    words: any(
      'delivery time expired|retry timeout|retry time(?: not reached)?|message expired|in the queue too long|unable to deliver .{0,60}(?:days|hours)|queue too long|gave up|giving up|not (?:yet )?been delivered|not been collected|message timed out|allowed queue period|delivery attempts|aborted after|expired',
      'temporarily unable|too old'
    ),
  },
  {
    name: 'unreachable',
    class: 'soft',
    sentence: 'The mail server of the address cannot be reached.',
    words: any(
      "connection (?:timed out|refused|reset|closed|lost|dropped)|timed? ?out|no route to host|network (?:is )?unreachable|cannot connect|can't connect|could not connect|connect(?:ion)? (?:to|failed)|no answer from|host (?:is )?(?:down|unreachable)|lost connection|not respond(?:ing)?\\b|domain is not reachable|not reachable|gateway for|unable to resolve route|server unavailable|bad connection|lookup failure|try again|servfail|name service"
    ),
  },
  {
    name: 'loop',
    class: 'soft',
    sentence: 'The mail goes round in circles at their side.',
    words: any(
      'too many hops|exceeded \\d+ hops|mail ?loop|message (?:is )?looping|loop was found|forwarding loop|loops? back|routing loop|hop count|forwarding loop'
    ),
  },
  {
    name: 'server_trouble',
    class: 'soft',
    sentence: 'The mail server of the address has trouble.',
    words: any(
      'temporar|too busy|too much load|internal (?:server )?error|system error|local error|server (?:is )?(?:too )?busy|resources|maintenance|cannot (?:update|open|append)|read-?only file system|configuration error|overload|load is too high|mailbox (?:is )?(?:busy|in use)|receiving mail at a rate|receivingrate|try later|later',
      'interrupted system call|queue file write|no mdb|misconfigured|config error|currently unavailable|could not load|can.t create|error while being processed|unavailable or busy'
    ),
  },
]
