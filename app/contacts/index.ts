/**
 * Contacts: the people we may know, their custom fields and tags. Knowing somebody grants nothing: see #consent.
 * Owns: contacts, contact_fields, tags, contact_tags, imports, import_pieces, import_rows.
 */
export { contactJson, contactsJson, tagsOf, type ContactJson } from './contact_json.ts'
export { Contact } from './models/contact.ts'
export { peopleWhere } from './people_where.ts'
export { personColumns, personVars } from './person_vars.ts'
