/** 200 with a JSON body. */
export const ok = (value) => ({ status: 200, body: JSON.stringify(value) })

/** 201 with a JSON body. */
export const created = (value) => ({ status: 201, body: JSON.stringify(value) })
