/** What the palette can begin. A screen opens its form when the address says so (`?new=1`), so each is also a link. */
export const commands = [
  { id: 'newContact', path: 'contacts?new=1', permission: 'contacts:write' },
  { id: 'importContacts', path: 'contacts/import', permission: 'imports:write' },
  { id: 'newSegment', path: 'segments/new', permission: 'segments:write' },
  { id: 'newCampaign', path: 'campaigns?new=1', permission: 'campaigns:write' },
  { id: 'newRecurring', path: 'campaigns/recurring?new=1', permission: 'campaigns:write' },
  { id: 'newDomain', path: 'settings/domains?new=1', permission: 'settings:write' },
  { id: 'newForm', path: 'forms/new', permission: 'forms:write' },
  { id: 'newTopic', path: 'topics?new=1', permission: 'topics:write' },
] as const
