/** Rows as lists of people have them: 12 columns, names with umlauts, a third in capitals, some padded. Repeatable. */
export function csvOfPeople(rows: number): string {
  const cities = ['Wien', 'Graz', 'Linz', 'Salzburg', 'Köln', 'Bristol', 'Lyon', 'Sevilla']
  const plans = ['free', 'pro', 'team']
  const lines = ['email,first_name,last_name,external_id,locale,city,plan,spent,member,birthday,note,tags']
  for (let i = 0; i < rows; i++) {
    const email = i % 3 === 0 ? `Person.${i}@Example${i % 97}.test` : `person.${i}@example${i % 97}.test`
    const day = `19${50 + (i % 50)}-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`
    lines.push(
      `${i % 25 === 0 ? ` ${email} ` : email},"Jörg ${i % 211}",Müller-${i % 307},X${i},de-AT,${cities[i % 8]},${plans[i % 3]},${(i % 1000) / 4},${i % 2 === 0},${day},"note, number ${i % 13}",`
    )
  }
  return `${lines.join('\n')}\n`
}

export const peopleFields = [
  { key: 'city', label: 'City', type: 'text' },
  { key: 'plan', label: 'Plan', type: 'text' },
  { key: 'spent', label: 'Spent', type: 'number' },
  { key: 'member', label: 'Member', type: 'boolean' },
  { key: 'birthday', label: 'Birthday', type: 'date' },
  { key: 'note', label: 'Note', type: 'text' },
]
