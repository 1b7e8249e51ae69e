/**
 * Contacts: the people we may know, their custom fields and tags. Knowing somebody grants nothing: see #consent.
 * Owns: contacts, contact_fields, tags, contact_tags, bulk_changes, imports, import_pieces, import_rows,
 * privacy_requests.
 */
export { fieldsOf, fieldTypes, type FieldDefinition, type FieldType } from './attributes.ts'
export { changeMany, undoChange, type BulkAction } from './change_many.ts'
export { contactJson, contactsJson, tagsOf, type ContactJson } from './contact_json.ts'
export { readContact, type ContactInput } from './contact_input.ts'
export { createContact, type Origin } from './create_contact.ts'
export { deleteContact, restoreContact } from './delete_contact.ts'
export { eraseContact } from './erase_contact.ts'
export { ContactExists, InvalidContact, NoSuchContact } from './errors.ts'
export { contactFilter, contactsMatching, listContacts, type ContactFilter } from './list_contacts.ts'
export { mergeContacts } from './merge_contacts.ts'
export { Contact } from './models/contact.ts'
export { peopleWhere } from './people_where.ts'
export { personColumns, personVars } from './person_vars.ts'
export { updateContact } from './update_contact.ts'
export { upsertContact } from './upsert_contact.ts'
export { forgetInFiles } from './imports/forget_in_files.ts'
export { keptChanges, keptFailedFiles, keptFiles, keptNotes, keptRejects, keptSamples } from './kept.ts'
export { keptStrangers } from './kept_strangers.ts'
export { cleanImports } from './imports/delete_import.ts'
export { runImport } from './imports/run_import.ts'
