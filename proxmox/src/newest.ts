/** Sets a value as the newest of a map, and lets the oldest go where there are more than `most`. */
export const keepNewest = <Key, Value>(
  map: Map<Key, Value>,
  key: Key,
  value: Value,
  most: number,
): void => {
  // A map counts by when a key first came.
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}
